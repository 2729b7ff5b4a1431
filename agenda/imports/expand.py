"""The dates of one event of a calendar file, inside a window. Bounded before it begins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Timezone

from agenda.imports.base import Remark
from agenda.imports.lines import Unreadable
from agenda.when.slots import AMSTERDAM

RULES = ("RRULE", "RDATE", "EXRULE")
SUB_DAILY = {"SECONDLY", "MINUTELY", "HOURLY"}
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
MOST_A_DAY = 24
EARLIEST, LATEST = 1900, 2100
_FAULTS = (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError, ArithmeticError)


@dataclass(frozen=True)
class Instance:
    """One time; for whole days `start` and `end` are dates, and `end` is the last day."""

    start: datetime | date
    end: datetime | date | None
    is_cancelled: bool


@dataclass(frozen=True)
class Dates:
    instances: tuple[Instance, ...]
    remarks: tuple[Remark, ...]
    is_endless: bool


def instances(calendar: Calendar, events: Sequence[Any], start: datetime, end: datetime) -> Dates:
    """Raises Unreadable with the code of what is wrong with this event."""
    remarks: list[Remark] = []
    for event in events:
        _check_start(event)
        remarks += _zones(event, calendar)
    rules = [rule for event in events for rule in _rules(event)]
    for rule in rules:
        _check(rule)
    try:
        found = _expanded(calendar, events, start, end) if _recurs(events) else _single(events[0], start, end)
        found = [one for one in found if one.start.year <= LATEST]
    except Unreadable:
        raise
    except (
        *_FAULTS,
        recurring_ical_events.PeriodEndBeforeStart,
        recurring_ical_events.InvalidCalendar,
    ) as problem:
        raise Unreadable("bad_dates") from problem
    if any(one.end is not None and _is_before(one.end, one.start) for one in found):
        remarks.append(Remark("end_before"))
    is_endless = any("COUNT" not in rule and "UNTIL" not in rule for rule in rules)
    return Dates(tuple(found), tuple(dict.fromkeys(remarks)), is_endless)


def _is_before(end: datetime | date, start: datetime | date) -> bool:
    return type(end) is type(start) and end < start


def _recurs(events: Sequence[Any]) -> bool:
    return len(events) > 1 or any(name in events[0] for name in RULES)


def _rules(event: Any) -> Iterator[Any]:
    for name in ("RRULE", "EXRULE"):
        value = event.get(name)
        yield from value if isinstance(value, list) else [value] if value is not None else []


def _check_start(event: Any) -> None:
    try:
        value = event["DTSTART"].dt
        year = value.year
    except KeyError as problem:
        raise Unreadable("no_start") from problem
    except _FAULTS as problem:
        raise Unreadable("bad_dates") from problem
    if not EARLIEST <= year <= LATEST:
        raise Unreadable("bad_dates")


def _check(rule: Any) -> None:
    """Refuses what would take for ever, and more than a few times a day."""
    try:
        frequency = str(rule["FREQ"][0]).upper()
        interval = int((rule.get("INTERVAL") or [1])[0])
        times = [max(1, len(rule.get(name) or [])) for name in ("BYHOUR", "BYMINUTE", "BYSECOND")]
    except _FAULTS as problem:
        raise Unreadable("bad_rule") from problem
    if frequency in SUB_DAILY or times[0] * times[1] * times[2] > MOST_A_DAY:
        raise Unreadable("sub_daily")
    if frequency not in FREQUENCIES or not 1 <= interval <= 1000:
        raise Unreadable("bad_rule")
    if "COUNT" in rule and "UNTIL" in rule:
        raise Unreadable("bad_rule")


def _zones(event: Any, calendar: Calendar) -> Iterator[Remark]:
    """A zone that nobody knows is read as Amsterdam, and said."""
    params = getattr(event["DTSTART"], "params", {})
    value = event["DTSTART"].dt
    if params.get("TZID") and isinstance(value, datetime) and value.tzinfo is None:
        yield Remark("zone_unknown", str(params["TZID"])[:60])
    elif isinstance(value, datetime) and value.tzinfo is not None:
        here = value.astimezone(AMSTERDAM)
        if here.replace(tzinfo=None) != value.replace(tzinfo=None) and params.get("TZID"):
            yield Remark("zone", f"{value:%H.%M}|{here:%H.%M}")


def _single(event: Any, start: datetime, end: datetime) -> list[Instance]:
    one = _instance(event)
    first = _aware(one.start)
    last = _aware(one.end) if one.end else first
    if not isinstance(one.start, datetime):
        last = last + timedelta(days=1) - timedelta(seconds=1)
    is_inside = first < end and (last > start or first >= start)
    return [one] if is_inside else []


def _expanded(calendar: Calendar, events: Sequence[Any], start: datetime, end: datetime) -> list[Instance]:
    """By recurring-ical-events, on a calendar with these events only."""
    alone = Calendar()
    if "X-WR-TIMEZONE" in calendar:
        alone.add("X-WR-TIMEZONE", calendar["X-WR-TIMEZONE"])
    alone.subcomponents = [one for one in calendar.subcomponents if isinstance(one, Timezone)] + list(events)
    dates = recurring_ical_events.of(alone).between(start.replace(tzinfo=None), end.replace(tzinfo=None))
    return [_instance(one) for one in dates]


def _instance(event: Any) -> Instance:
    start: datetime | date = event["DTSTART"].dt
    end: datetime | date | None = event["DTEND"].dt if "DTEND" in event else None
    if end is None and "DURATION" in event:
        end = start + event["DURATION"].dt
    if not isinstance(start, datetime):
        if isinstance(end, datetime):
            end = end.date()
        end = end - timedelta(days=1) if end and end > start else end
        end = end if end and end > start else None
    elif end is not None and not isinstance(end, datetime):
        end = datetime.combine(end, start.timetz())
    elif end is not None and (end.tzinfo is None) != (start.tzinfo is None):
        end = end.replace(tzinfo=start.tzinfo)
    return Instance(start, end, str(event.get("STATUS", "")).upper() == "CANCELLED")


def _aware(value: datetime | date) -> datetime:
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=AMSTERDAM)
    return value if value.tzinfo else value.replace(tzinfo=AMSTERDAM)
