"""From a filled-in sheet to an activity: new, kept as a draft, or sent to the editors."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from agenda import permissions, workflow
from agenda.forms.sheet import Sheet, initial_of, unsaid_dates
from agenda.forms.who import SenderForm
from agenda.models import Activity
from agenda.services import pictures, submission
from agenda.views.ownership import acting
from agenda.when import Slot
from cultuurportaal.workflow import NotAllowed
from partners.models import City, User
from partners.permissions import Person

EARLIER, LOOKED_AT = 3, 20
DOUBLE_CLICK = timedelta(minutes=10)


def is_understood(sheet: Sheet) -> bool:
    """The dates need no look, or the maker had that look. What stays as it was needs none."""
    understood = sheet.when.understood
    if understood is None or (sheet.activity and sheet.slots() is None):
        return True
    return sheet.when.has_been_read or not understood.needs_a_look


def send(request: HttpRequest, sheet: Sheet, *, city: City, now: datetime) -> Activity:
    """To the editors. The same page sent twice is one activity; changed in between, it is changed."""
    before = begun(request, sheet)
    if before is None:
        return _create(request, sheet, city=city, now=now, is_submitted=True)
    by = acting(request, before)
    with transaction.atomic():
        more = _only_now(sheet, before, now)
        if more or is_changed(sheet, before):
            save(before, sheet, seen=before.version, by=by, now=now, **more)
        if before.status == workflow.DRAFT:
            submission.submit(before, seen=before.version, by=by, now=now)
    return before


def _only_now(sheet: Sheet, before: Activity, now: datetime) -> dict[str, Any]:
    """What sending itself adds: the agreement, and who somebody without an account says they are."""
    sender = sheet.who.values() if isinstance(sheet.who, SenderForm) and not before.is_confirmed else {}
    changed = {name: text for name, text in sender.items() if getattr(before, name) != text}
    return changed if before.accepted_terms_at else {**changed, "accepted_terms_at": now}


def keep_draft(
    request: HttpRequest, sheet: Sheet, *, city: City, now: datetime, batch: UUID | None = None
) -> Activity | None:
    """What is well-formed is kept; nothing is made of a page on which nothing stands."""
    before = begun(request, sheet)
    if before is None:
        is_empty = not any(sheet.values().get(name) for name in ("title", "when_text", "place_text", "venue"))
        if is_empty:
            return None
        return _create(request, sheet, city=city, now=now, is_submitted=False, batch=batch)
    if before.status == workflow.DRAFT and is_changed(sheet, before):
        by, seen = acting(request, before), sheet.seen or before.version
        slots = _slots_of_draft(sheet, before)
        _write(before, sheet, slots=slots, seen=seen, by=by, now=now)
    return before


def _slots_of_draft(sheet: Sheet, before: Activity) -> Sequence[Slot] | None:
    """Half a sentence has no dates yet; no sentence leaves the dates alone that no sentence can hold."""
    if before.slug is not None:
        return sheet.slots()
    if sheet.when.understood is None and unsaid_dates(before, initial_of(before)["tekst"]):
        return None
    return sheet.slots() or ()


def save(activity: Activity, sheet: Sheet, *, seen: int, by: Person, now: datetime, **more: Any) -> None:
    """What the sheet says, and `more` columns."""
    _write(activity, sheet, slots=sheet.slots(), seen=seen, by=by, now=now, **more)


def _write(  # noqa: PLR0913 - all but the first two are named
    activity: Activity,
    sheet: Sheet,
    *,
    slots: Sequence[Slot] | None,
    seen: int,
    by: Person,
    now: datetime,
    **more: Any,
) -> None:
    fields = {**_with_aimed_picture(sheet), **more}
    submission.save(activity, fields=fields, sets=sheet.sets(), slots=slots, seen=seen, by=by, now=now)


def _with_aimed_picture(sheet: Sheet) -> dict[str, Any]:
    """The columns, with the picture cropped as the maker wants it."""
    values = sheet.values()
    if point := sheet.what.focus_point:
        values["picture"] = pictures.aim(values["picture"], x=point[0], y=point[1])
    return values


def is_changed(sheet: Sheet, activity: Activity) -> bool:
    """Whether the sheet says anything else than what is kept."""
    has_other_values = any(getattr(activity, name) != value for name, value in sheet.values().items())
    point, picture = sheet.what.focus_point, activity.picture
    has_other_focus = point and picture and point != (picture.focus_x, picture.focus_y)
    return bool(has_other_values or has_other_focus) or any(
        {term.pk for term in terms} != set(getattr(activity, name).values_list("pk", flat=True))
        for name, terms in sheet.sets().items()
    )


def begun(request: HttpRequest, sheet: Sheet) -> Activity | None:
    """What was made of this very page before; somebody else's token is no way in: it gets a new one."""
    token = sheet.state.cleaned_data.get("token") or uuid4()
    before = Activity.objects.filter(token=token).select_related("city", "organisation", "sender").first()
    if before is None:
        return None
    try:
        acting(request, before)
    except Http404:
        if not _is_same_sender(request, sheet, before):
            sheet.state.cleaned_data["token"] = uuid4()
        return None
    return before


def _is_same_sender(request: HttpRequest, sheet: Sheet, before: Activity) -> bool:
    """A double click: the second request comes before the cookie of the first has arrived."""
    mail = sheet.who.cleaned_data.get("sender_mail") if sheet.who else None
    is_of_nobody = not before.is_confirmed and before.sender_id is None and before.organisation_id is None
    is_just_made = timezone.now() - before.created_at < DOUBLE_CLICK
    is_theirs = not request.user.is_authenticated and bool(mail) and mail == before.sender_mail
    return is_of_nobody and is_just_made and is_theirs


def _create(  # noqa: PLR0913 - all but the first two are named
    request: HttpRequest,
    sheet: Sheet,
    *,
    city: City,
    now: datetime,
    is_submitted: bool,
    batch: UUID | None = None,
) -> Activity:
    who = sheet.who.values() if sheet.who and not sheet.who.errors else {}
    by = request.user if isinstance(request.user, User) else None
    activity = Activity(
        city=city,
        batch=batch,
        token=sheet.state.cleaned_data.get("token") or uuid4(),
        accepted_terms_at=now if is_submitted else None,
        **_with_aimed_picture(sheet),
        **who,
    )
    return submission.create(
        activity, sets=sheet.sets(), slots=sheet.slots() or (), by=by, now=now, is_submitted=is_submitted
    )


def earlier(user: Any) -> list[Activity]:
    """The last few things that this maker sent, to begin from ("Weer een …")."""
    if not isinstance(user, User):
        return []
    sent = permissions.own_of(user).exclude(submitted_at=None).exclude(title="").order_by("-submitted_at")
    by_title = {one.title: one for one in reversed(sent[:LOOKED_AT])}
    return sorted(by_title.values(), key=lambda one: str(one.submitted_at), reverse=True)[:EARLIER]


def uuid_or_404(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise Http404 from problem


def words(refusal: NotAllowed | Http404) -> str:
    """A refusal in words that say what to do."""
    reasons = {
        "forbidden": _("Dit mag je niet met deze activiteit. Log in met het goede mailadres."),
        "changed": _(
            "Dit is net in een ander venster gewijzigd. Laad de pagina opnieuw en kijk wat er nu staat."
        ),
        "already": _("Dit is al gebeurd. Kijk hieronder hoe het ervoor staat."),
        "incomplete": _("Er mist nog iets: wat er te doen is, wanneer of waar."),
    }
    reason = getattr(refusal, "reason", "")
    return reasons.get(reason, _("Dit lukt nu niet. Laad de pagina opnieuw en probeer het nog eens."))
