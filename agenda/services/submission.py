"""The maker's side of the desk: make, save, send, confirm and withdraw an activity."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F

from agenda import notifications, permissions, workflow
from agenda.document import AMSTERDAM
from agenda.models import Activity, Release
from agenda.services import decision, moderation, moments, publication
from agenda.when import Slot
from cultuurportaal.workflow import NotAllowed, take
from partners.models import City, DayOff, User
from partners.permissions import Person, is_editor

SETS = frozenset({"disciplines", "audiences", "segments", "core_values", "passes", "access"})
FIELDS = frozenset(
    {
        "title",
        "summary",
        "description",
        "when_text",
        "venue",
        "room",
        "place_text",
        "district",
        "kind",
        "reach",
        "age_from",
        "age_to",
        "price_kind",
        "price",
        "price_note",
        "booking_url",
        "website",
        "language",
        "picture",
        "picture_alt",
        "has_picture_rights",
        "sender_name",
        "sender_mail",
        "sender_organisation",
        "note",
        "accepted_terms_at",
    }
)
EDITOR_FIELDS = frozenset({"publish_from"})
EDIT = {
    workflow.DRAFT: "edit_draft",
    workflow.SUBMITTED: "edit_submitted",
    workflow.CHANGES_ASKED: "edit_asked",
    workflow.APPROVED: "edit_approved",
}
Sets = Mapping[str, Iterable[Any]]


@transaction.atomic
def create(  # noqa: PLR0913 - all are named
    activity: Activity,
    *,
    sets: Sets,
    slots: Sequence[Slot],
    by: Person,
    now: datetime,
    is_submitted: bool,
) -> Activity:
    """Keep a new activity, and send it when `is_submitted`. `activity` is not yet saved and carries `token`.

    The same token again makes nothing and gives back the first one as it is now. `by` is None (or anonymous)
    for somebody without an account; the door then mails them a code (`services.codes`).
    """
    if not permissions.may_create(by, activity.organisation):
        raise NotAllowed("forbidden", step="create")
    before = Activity.objects.filter(token=activity.token).first()
    if before:
        return before
    if isinstance(by, User):
        activity.sender, activity.confirmed_at = by, now
        activity.sender_mail = by.email
    try:
        with transaction.atomic():
            activity.save(force_insert=True)
    except IntegrityError:
        return Activity.objects.get(token=activity.token)
    for name, rows in sets.items():
        getattr(activity, name).add(*rows)
    moments.follow(activity, slots)
    if is_submitted:
        _submit(activity, seen=activity.version, by=by, now=now)
    return activity


@transaction.atomic
def save(  # noqa: PLR0913 - all are named
    activity: Activity,
    *,
    fields: Mapping[str, Any],
    sets: Sets,
    slots: Sequence[Slot] | None,
    seen: int,
    by: Person,
    now: datetime,
) -> Activity:
    """Change the working copy that had version `seen`. `slots` None leaves the dates alone.

    NotAllowed("changed") when somebody saved in between; nothing is written then. What is live stays as it
    is.
    """
    allowed = FIELDS | (EDITOR_FIELDS if is_editor(by) else frozenset())
    row = _locked(activity)
    if not permissions.may_edit(by, row) or not allowed.issuperset(fields) or not SETS.issuperset(sets):
        raise _refusal(row, "save", by)
    step = workflow.ACTIVITY[EDIT[row.status]]
    take(row, step, seen=seen, version=F("version") + 1, changed_at=now, **fields)
    for name, rows in sets.items():
        getattr(row, name).set(rows)
    if slots is not None:
        moments.follow(row, slots)
    activity.refresh_from_db()
    return activity


@transaction.atomic
def submit(activity: Activity, *, seen: int, by: Person, now: datetime) -> Activity:
    """Send a draft, or again after a question. NotAllowed("incomplete") without title, date or place."""
    row = _locked(activity)
    if not permissions.may_submit(by, row):
        raise _refusal(row, "submit", by)
    _submit(activity, seen=seen, by=by, now=now)
    return activity


def _submit(activity: Activity, *, seen: int, by: Person, now: datetime) -> None:
    take(
        activity,
        workflow.ACTIVITY["submit"],
        seen=seen,
        submitted_at=now,
        promised_at=promise(activity.city, now),
        changed_at=now,
    )
    activity.refresh_from_db()
    if not (activity.title and (activity.venue_id or activity.place_text) and activity.moments.exists()):
        raise NotAllowed("incomplete", step="submit", found=activity.status, version=activity.version)
    if not activity.is_confirmed:
        return
    if _speaks_for_trusted(by, activity):
        person = by if isinstance(by, User) else None
        moderation.let_through(
            activity, version=activity.version, rule=Release.Rule.TRUSTED, by=person, now=now
        )
    else:
        notifications.received(activity, now=now)


def _speaks_for_trusted(by: Person, activity: Activity) -> bool:
    """The trust is in an organisation's own people: not in who sent without an account, and was linked."""
    organisation = activity.organisation
    return organisation is not None and organisation.is_trusted and permissions.may_create(by, organisation)


@transaction.atomic
def confirm(activity: Activity, *, now: datetime) -> User:
    """The sender read their mail: they are a User from now on, and editors may decide. Safe to repeat.

    The door has checked the code or the link.
    """
    row = _locked(activity)
    user = row.sender or _user_of(row)
    if not row.is_confirmed:
        promised = promise(row.city, now) if row.status == workflow.SUBMITTED else None
        Activity.objects.filter(pk=row.pk).update(sender=user, confirmed_at=now, promised_at=promised)
        activity.refresh_from_db()
        if row.status == workflow.SUBMITTED:
            notifications.received(activity, now=now)
    return user


def _user_of(activity: Activity) -> User:
    found: User | None = User.objects.filter(email__iexact=activity.sender_mail).first()
    return found or User.objects.create_user(activity.sender_mail, name=activity.sender_name)


@transaction.atomic
def withdraw(activity: Activity, *, by: Person, now: datetime) -> Activity:
    """Take it back, for good. When this returns it is public nowhere, and nothing will make it so.

    What was live is taken down in the same transaction; its dates stay in feeds as cancelled.
    """
    publication.lock_catalogue()
    row = _locked(activity)
    if not permissions.may_withdraw(by, row):
        raise _refusal(row, "withdraw", by)
    take(row, workflow.ACTIVITY["withdraw"], version=F("version") + 1, changed_at=now)
    row.refresh_from_db(fields=["version"])
    decision.void_open(row, now=now)
    last = decision.last_published(row)
    if last and (last.kind != Release.Kind.WITHDRAW or last.is_hiding):
        person = by if isinstance(by, User) else None
        release = decision.decide(
            row,
            kind=Release.Kind.WITHDRAW,
            rule=Release.Rule.EDITOR if is_editor(by) else Release.Rule.WITHDRAWAL,
            snapshot=last.snapshot,
            by=person,
            now=now,
            publish_at=now,
        )
        publication.take_down(release)
    if row.submitted_at:
        notifications.withdrawn(row, now=now)
    activity.refresh_from_db()
    return activity


def _locked(activity: Activity) -> Activity:
    """The row as it is now, held until the end of the transaction."""
    return Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)


def _refusal(row: Activity, step: str, by: Person) -> NotAllowed:
    """Why not: it is over ("already"; two tabs), or it is not theirs ("forbidden")."""
    is_over = row.status not in workflow.OPEN and permissions.may_view(by, row)
    return NotAllowed("already" if is_over else "forbidden", step=step, found=row.status, version=row.version)


def promise(city: City, now: datetime) -> datetime:
    """Before when editors answer: on the first working day after today, at the city's hour."""
    day = now.astimezone(AMSTERDAM).date() + timedelta(days=1)
    while not DayOff.objects.is_working_day(city, day):
        day += timedelta(days=1)
    return datetime.combine(day, city.desk_deadline, AMSTERDAM)


@transaction.atomic
def erase_unconfirmed(*, before: datetime) -> int:
    """Erase what was sent without an account before this moment and never confirmed, its history too."""
    rows = Activity.objects.filter(sender=None, confirmed_at=None, created_at__lt=before, releases=None)
    found = list(rows.values_list("pk", flat=True))
    Activity.objects.filter(pk__in=found).delete()
    history = apps.get_model("agenda", "ActivityEvent")  # made by pghistory: no module says its name
    history.objects.filter(pgh_obj_id__in=found).delete()
    return len(found)
