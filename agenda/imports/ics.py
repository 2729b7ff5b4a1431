"""A calendar file or feed (RFC 5545): one activity for each UID, with its dates inside a window."""

import hashlib
import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar

from agenda.imports.base import MOST_SLOTS, Findings, Found, Remark, Values, local
from agenda.imports.expand import Instance, instances
from agenda.imports.lines import Unreadable, lines
from agenda.imports.moments import LONG
from agenda.imports.schema import link
from agenda.imports.tree import plain
from agenda.when.slots import AMSTERDAM, Slot

WHERE = "agenda (.ics)"
MONTHS_AHEAD = 18
PASSING = ("DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "UID")


@dataclass(frozen=True)
class Window:
    """Which dates count: from this day on, until that one. Aware, both at midnight."""

    start: datetime
    end: datetime

    @classmethod
    def ahead(cls, now: datetime) -> "Window":
        """From today, eighteen months."""
        midnight = datetime.combine(now.astimezone(AMSTERDAM).date(), time(), AMSTERDAM)
        return cls(midnight, midnight + timedelta(days=MONTHS_AHEAD * 30 + 10))


def read(body: bytes, window: Window) -> Findings:
    """Every event of the file: used, or named with the reason why not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a parser warns its developers; a maker reads our remarks
        return _read(body, window)


def _read(body: bytes, window: Window) -> Findings:
    try:
        taken = lines(body)
        calendars = [one for one in Calendar.from_ical(taken.text, multiple=True) if one.name == "VCALENDAR"]
        if not calendars:
            raise Unreadable("no_calendar")
    except Unreadable as problem:
        return Findings(kind="ics", refused=str(problem))
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return Findings(kind="ics", refused="damaged")
    problems = [Remark("left_out", str(taken.left_out))] if taken.left_out else []
    problems += [Remark("cut_file")] if taken.is_cut else []
    found: dict[str, Found] = {}
    for calendar in calendars:
        for uid, events in _by_uid(calendar, problems).items():
            one = _found(calendar, uid, events, window)
            if isinstance(one, Remark):
                problems.append(one)
            elif one.uid in found:
                problems.append(Remark("double", one.title))
            else:
                found[one.uid] = one
    refused = "" if taken.events else "no_events"
    return Findings("ics", tuple(found.values()), tuple(problems), events=taken.events, refused=refused)


def _by_uid(calendar: Calendar, problems: list[Remark]) -> dict[str, list[Any]]:
    """Events with their changed dates; the same UID used for two different events makes two of them."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for event in calendar.walk("VEVENT"):
        uid = str(event.get("UID") or "").strip() or _derived(event)
        is_change = "RECURRENCE-ID" in event
        mains = [one for one in groups[uid] if "RECURRENCE-ID" not in one]
        if mains and not is_change:
            if _content([event]) == _content(mains[:1]):
                problems.append(Remark("double", _title(event)))
                continue
            problems.append(Remark("same_uid", _title(event)))
            uid = f"{uid}#{_derived(event)}"
        groups[uid].append(event)
    return {uid: events for uid, events in groups.items() if events}


def _derived(event: Any) -> str:
    """A UID for an event that has none: the same title at the same time is the same event."""
    said = f"{event.get('SUMMARY', '')}|{_raw(event, 'DTSTART')}"
    return "zonder-" + hashlib.sha256(said.encode()).hexdigest()[:24]


def _raw(event: Any, name: str) -> str:
    value = event.get(name)
    try:
        return value.to_ical().decode() if hasattr(value, "to_ical") else str(value or "")
    except (ValueError, AttributeError, TypeError):
        return str(value)


def _title(event: Any) -> str:
    return " ".join(str(event.get("SUMMARY") or "").split())[:80] or "?"


def _found(calendar: Calendar, uid: str, events: Sequence[Any], window: Window) -> Found | Remark:
    """One activity, or why there is none: the row of a report."""
    main = next((one for one in events if "RECURRENCE-ID" not in one), events[0])
    try:
        seen = instances(calendar, events, window.start, window.end)
    except Unreadable as problem:
        return Remark(str(problem), _title(main))
    values = _values(main)
    remarks = [*values.remarks, *seen.remarks]
    if "RECURRENCE-ID" in main:
        remarks.append(Remark("orphan"))
    live = [one for one in seen.instances if not one.is_cancelled]
    slots = sorted({slot for one in live for slot in _slots(one, window)})
    if len(slots) > MOST_SLOTS:
        remarks.append(Remark("many", str(MOST_SLOTS)))
    if any(slot.end and slot.end - slot.start > LONG for slot in slots):
        remarks.append(Remark("long", str(max((s.end - s.start).days for s in slots if s.end))))
    if not values.get("title"):
        remarks.append(Remark("no_title"))
    is_cancelled = str(main.get("STATUS", "")).upper() == "CANCELLED"
    return Found(
        uid=uid,
        values=values,
        slots=tuple(slots[:MOST_SLOTS]),
        when_from=WHERE if slots else "",
        is_cancelled=is_cancelled,
        remarks=tuple(dict.fromkeys(remarks)),
        instances=len(seen.instances),
        sequence=max(_number(one.get("SEQUENCE")) for one in events),
        stamp=max(_raw(one, "LAST-MODIFIED") for one in events),
        fingerprint=_content(events)
        + (f"@{window.end:%Y}-{(window.end.month - 1) // 3}" if seen.is_endless else ""),
    )


def _values(event: Any) -> Values:
    values = Values()
    values.put("title", plain(str(event.get("SUMMARY") or "")), WHERE)
    text = str(event.get("DESCRIPTION") or "").replace("\\n", "\n").replace("\\N", "\n")
    values.put("description", plain(text), WHERE)
    values.put("place", str(event.get("LOCATION") or "").replace("\\n", ", ").replace("\n", ", "), WHERE)
    values.put("website", link(str(event.get("URL") or ""), ""), WHERE)
    values.put("image", link(str(event.get("IMAGE") or ""), ""), WHERE)
    organizer = event.get("ORGANIZER")
    values.put("organizer", str(getattr(organizer, "params", {}).get("CN", "")), WHERE)
    return values


def _number(value: Any) -> int:
    try:
        return max(0, min(int(value or 0), 2**31 - 1))
    except (ValueError, TypeError):
        return 0


def _content(events: Iterable[Any]) -> str:
    """What changes when the event changes, and not when its file is written again."""
    rows = sorted(
        f"{name}={_raw(event, name)}" for event in events for name in event if name.upper() not in PASSING
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _slots(instance: Instance, window: Window) -> list[Slot]:
    """In Amsterdam; of what takes whole days one slot for each day that counts."""
    if not isinstance(instance.start, datetime):
        last = instance.end or instance.start
        first = max(instance.start, window.start.date())
        days = min((last - first).days, MOST_SLOTS) + 1
        return [_day(first + timedelta(number)) for number in range(days)]
    start = local(instance.start)
    end = local(instance.end) if isinstance(instance.end, datetime) else None
    return [Slot(start, end if end and end > start else None)]


def _day(day: date) -> Slot:
    return Slot(datetime.combine(day, time(), AMSTERDAM), None, all_day=True)
