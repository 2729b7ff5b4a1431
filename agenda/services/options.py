"""Dates in pencil: write them down, make a draft of one, wipe them out; what is over goes by itself."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from agenda import permissions
from agenda.days import day_of, today
from agenda.models import Activity, Option
from agenda.services import submission
from agenda.when import Slot, sentence
from cultuurportaal.workflow import NotAllowed
from partners.models import User
from partners.permissions import Person

KEPT = timedelta(days=60)
MOST_AT_ONCE, MOST_FOR_ONE = 12, 100


@transaction.atomic
def pencil_in(option: Option, slots: Sequence[Slot], *, by: Person, now: datetime) -> list[Option]:
    """One row for each coming time; `option` is not saved and says the rest. Raises NotAllowed.

    It stays for sixty days, and no longer than its own day. The same one again makes nothing.
    """
    if not permissions.may_change_options(by, option.organisation):
        raise NotAllowed("forbidden", step="pencil_in")
    open_ = Option.objects.open(today(now)).filter(organisation=option.organisation)
    if len(slots) > MOST_AT_ONCE or open_.count() + len(slots) > MOST_FOR_ONE:
        raise NotAllowed("many", step="pencil_in")
    return [_row(option, slot, by=by, now=now) for slot in slots]


def _row(option: Option, slot: Slot, *, by: Person, now: datetime) -> Option:
    day = day_of(slot.start, is_all_day=slot.all_day)
    row, _is_new = Option.objects.get_or_create(
        organisation=option.organisation,
        title=option.title,
        start=slot.start,
        defaults={
            "day": day,
            "end": slot.end,
            "is_all_day": slot.all_day,
            "venue": option.venue,
            "place_text": option.place_text,
            "note": option.note,
            "added_by": by if isinstance(by, User) else None,
            "added_at": now,
            "expires_on": min(day, today(now) + KEPT),
        },
    )
    return row


@transaction.atomic
def to_draft(option: Option, *, by: User, now: datetime) -> Activity:
    """A draft of the same organisation with its title, date and place; the pencil is wiped out."""
    if not permissions.may_change_options(by, option.organisation):
        raise NotAllowed("forbidden", step="to_draft")
    start, end = timezone.localtime(option.start), option.end and timezone.localtime(option.end)
    slot = Slot(start, end, option.is_all_day)
    activity = Activity(
        city=option.organisation.city,
        token=option.uuid,
        organisation=option.organisation,
        title=option.title,
        when_text=sentence([slot]),
        venue=option.venue,
        place_text="" if option.venue else option.place_text,
        sender_name=by.name,
        sender_mail=by.email,
    )
    made = submission.create(activity, sets={}, slots=[slot], by=by, now=now, is_submitted=False)
    option.delete()
    return made


def wipe_out(option: Option, *, by: Person) -> None:
    if not permissions.may_change_options(by, option.organisation):
        raise NotAllowed("forbidden", step="wipe_out")
    option.delete()


def erase_over(*, before: date) -> int:
    """Wipe out what had its last day before this one; returns how many."""
    erased, _by_model = Option.objects.filter(expires_on__lt=before).delete()
    return erased
