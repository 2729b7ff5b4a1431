"""The urgent line: what the mailed key of one activity opens now, and for whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.db.models import Max
from django.utils import timezone

from agenda import permissions, signatures, workflow
from agenda.document import Document, Time
from agenda.models import Activity, Listing, Moment
from partners.models import User

AFTER_LAST_DATE = timedelta(days=14)


class Problem(Enum):
    """Why a token opens nothing."""

    NO_KEY = "no_key"  # not ours, changed on its way, or mailed to an address that is no longer the sender's
    NOT_YOURS = "not_yours"  # the sender's membership or account no longer counts
    WITHDRAWN = "withdrawn"
    OVER = "over"  # the last date is too long ago


@dataclass(frozen=True)
class Line:
    """A token read. `holder` acts with what the key gives: this one activity, never a role for the city."""

    problem: Problem | None
    activity: Activity | None = None
    holder: User | None = None

    @property
    def is_key(self) -> bool:
        return self.problem is None


def read(token: str, now: datetime) -> Line:
    """Reads only; asked again, the same key opens the same again."""
    uuid = signatures.uuid_of(token)
    rows = Activity.objects.select_related("city", "organisation", "venue", "sender")
    activity = rows.filter(uuid=uuid).first() if uuid else None
    if activity is None or not signatures.opens_urgent(activity, token):
        return Line(Problem.NO_KEY)
    if activity.status == workflow.WITHDRAWN:
        return Line(Problem.WITHDRAWN, activity)
    holder = _holder(activity)
    if holder is None or not permissions.may_change_urgently(holder, activity):
        return Line(Problem.NOT_YOURS)
    if _is_over(activity, now):
        return Line(Problem.OVER, activity)
    return Line(None, activity, holder)


def _holder(activity: Activity) -> User | None:
    """The sender, with their live memberships and without their roles."""
    if activity.sender:
        activity.sender.has_weak_session = True
    return activity.sender


def _is_over(activity: Activity, now: datetime) -> bool:
    """By the dates of the working copy and by those that are public: whichever is later."""
    dates = activity.moments.aggregate(start=Max("start"), end=Max("end"))
    public = [time.end or time.start for time in _public_times(activity)]
    known = [*filter(None, dates.values()), *public]
    return bool(known) and max(known) + AFTER_LAST_DATE < now


def coming(activity: Activity, now: datetime) -> list[Moment]:
    """The dates of today and later that are public, as the public sees them; not to be saved.

    The working copy may say something else meanwhile, and an urgent change is about what people read.
    """
    public = {time.uuid: time for time in _public_times(activity)}
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = activity.moments.filter(uuid__in=public).select_related("room")
    shown = [_as_shown(moment, activity, public[str(moment.uuid)]) for moment in rows]
    return sorted((one for one in shown if (one.end or one.start) >= midnight), key=lambda one: one.start)


def _public_times(activity: Activity) -> tuple[Time, ...]:
    """None while it is not public, or while its text is broken: no mail or approval waits for that."""
    listing = Listing.objects.filter(uuid=activity.uuid, withdrawn_at=None).first()
    try:
        return Document.read(listing.document).times if listing else ()
    except (KeyError, TypeError, ValueError):
        return ()


def _as_shown(moment: Moment, activity: Activity, time: Time) -> Moment:
    moment.activity = activity
    moment.start, moment.end, moment.status = time.start, time.end, time.status
    return moment
