"""A source and our activities: new ones become drafts, changes become changed drafts, nothing is removed.

What is live is never changed here: its desk copy becomes a proposal, which its maker sends. A field that a
human corrected stays as they wrote it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from uuid import uuid4

from django.db import IntegrityError, transaction

from agenda import workflow
from agenda.imports.base import Findings, Found
from agenda.imports.written import Written, columns, coming, standing, when_text, with_past, written
from agenda.models import Activity, Source, SourceItem
from agenda.services import submission
from cultuurportaal.workflow import NotAllowed
from partners.models import User

MOST_NEW = 200


@dataclass
class Tally:
    """What one reading did, in numbers of activities; `later` waits for the next one."""

    new: int = 0
    changed: int = 0
    same: int = 0
    skipped: int = 0
    older: int = 0
    missing: int = 0
    later: int = 0


def sync(source: Source, findings: Findings, *, by: User, now: datetime) -> Tally:
    """Every activity in a transaction of its own: one that fails costs no other."""
    tally = Tally()
    known = _known(source, findings)
    seen: list[int] = []
    for found in {one.uid: one for one in findings.found}.values():
        item = known.get(found.uid)
        if item and _is_untouched(item, found):
            result = "same"
        elif item is None and tally.new >= MOST_NEW:
            result = "later"
        else:
            result = _followed(source, item, found, by=by, now=now)
        seen += [item.pk] if item else []
        setattr(tally, result, getattr(tally, result) + 1)
    source.items.filter(pk__in=seen, seen_at__lt=now).update(seen_at=now)
    if findings.found:
        tally.missing = source.items.filter(seen_at__lt=now).update(is_missing=True)
    return tally


def _is_untouched(item: SourceItem, found: Found) -> bool:
    is_same = (item.uid, item.fingerprint) == (found.uid, _print(found))
    return is_same and not item.is_missing and item.is_cancelled == found.is_cancelled


def _followed(source: Source, item: SourceItem | None, found: Found, *, by: User, now: datetime) -> str:
    """In a transaction of its own; who saves at the same moment goes first, and we come back."""
    try:
        with transaction.atomic():
            return _follow(source, item, found, by=by, now=now)
    except (NotAllowed, IntegrityError):
        return "later"


def _known(source: Source, findings: Findings) -> dict[str, SourceItem]:
    """What we have of each number. Of a feed with other numbers every time: what says exactly the same, else
    what is most like it."""
    items = {item.uid: item for item in source.items.select_related("activity")}
    numbers = {found.uid for found in findings.found}
    lost = [item for item in items.values() if item.uid not in numbers]
    new = [found for found in findings.found if found.uid not in items]
    for key_of_item, key_of_found in (
        (attrgetter("fingerprint"), _print),
        (attrgetter("likeness"), likeness),
    ):
        waiting = {key_of_item(item): item for item in lost}
        for found in [one for one in new if key_of_found(one) in waiting]:
            if item := waiting.pop(key_of_found(found), None):
                items[found.uid] = item
                lost.remove(item)
                new.remove(found)
    return items


def likeness(found: Found) -> str:
    """The same title at the same time and place is the same activity, whatever its number is today."""
    first = found.slots[0].start.isoformat() if found.slots else ""
    said = f"{found.title.casefold()}|{first}|{found.text('place').casefold()}"
    return hashlib.sha256(said.encode()).hexdigest()


def _follow(source: Source, item: SourceItem | None, found: Found, *, by: User, now: datetime) -> str:
    """What was done, as a field of Tally."""
    if item is None:
        item = SourceItem(source=source)
    elif (found.sequence, found.stamp) < (item.sequence, item.stamp) and found.sequence < item.sequence:
        return "older"
    is_known, is_same = item.pk is not None, item.fingerprint == _print(found)
    activity, result = item.activity, "same"
    if activity is None and (not is_known or not is_same):
        activity = _draft(source, found, by=by, now=now)
        result = "new" if activity else "skipped"
        item.written = written(found, source.organisation.city, now=now) if activity else {}
    elif activity and not is_same:
        result = _change(activity, item, found, by=by, now=now)
    item.uid, item.likeness, item.title, item.activity = (
        found.uid,
        likeness(found),
        found.title[:100],
        activity,
    )
    item.fingerprint, item.sequence, item.stamp = _print(found), found.sequence, found.stamp[:40]
    item.is_cancelled, item.is_missing, item.seen_at = found.is_cancelled, False, now
    item.save()
    return result


def _print(found: Found) -> str:
    """What the source said, in short; a reader of pages gives none of its own."""
    said = found.fingerprint or repr((sorted(found.values.items()), found.slots, found.is_cancelled))
    return said[:80] if found.fingerprint else hashlib.sha256(said.encode()).hexdigest()


def _draft(source: Source, found: Found, *, by: User, now: datetime) -> Activity | None:
    """A new draft of the organisation; None for what is over, does not go on, or has no title."""
    dates = coming(found.slots, now)
    is_over = not dates and (found.slots or found.fingerprint)  # a calendar always says when
    if not found.title or found.is_cancelled or is_over:
        return None
    city = source.organisation.city
    slots = dates if found.has_clock else ()
    activity = Activity(
        city=city,
        token=uuid4(),
        organisation=source.organisation,
        sender_name=by.name,
        when_text=when_text(dates, has_clock=found.has_clock),
        **columns(written(found, city, now=now), city),
    )
    return submission.create(activity, sets={}, slots=slots, by=by, now=now, is_submitted=False)


def _change(activity: Activity, item: SourceItem, found: Found, *, by: User, now: datetime) -> str:
    """Puts what changed in the desk copy, except what a human wrote there."""
    said = written(found, activity.city, now=now)
    stands = standing(activity, now=now)
    item.locked = sorted({*item.locked, *_corrected(item.written, stands, now)})
    changes = {
        name: value for name, value in said.items() if name not in item.locked and value != stands[name]
    }
    if not changes.get("dates", True):
        del changes["dates"]  # a human takes the last date away, never a source
    item.written = {**item.written, **said}
    if not changes or activity.status not in workflow.OPEN:
        return "same"
    fields, slots = columns(changes, activity.city), None
    if "dates" in changes:
        slots = with_past(found, activity, now=now)
        fields["when_text"] = when_text(slots, has_clock=True)
    submission.save(activity, fields=fields, sets={}, slots=slots, seen=activity.version, by=by, now=now)
    return "changed"


def _corrected(before: Written, stands: Written, now: datetime) -> set[str]:
    """The fields that no longer say what we wrote; of dates only those that are still to come count."""
    last = {**before, "dates": [one for one in before.get("dates", []) if one[0] >= now.isoformat()[:10]]}
    return {name for name in before if last[name] != stands[name]}
