"""Who acts on an activity at the makers' desk: somebody signed in, or whoever holds its signed cookie."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from agenda import permissions, signatures
from agenda.models import Activity
from partners.models import User
from partners.permissions import Person

COOKIE, MOST, SECONDS = "inzendingen", 12, 60 * 60 * 24 * 60
RELATED = (
    "city",
    "organisation",
    "venue",
    "room",
    "kind",
    "district",
    "picture",
    "sender",
    "reason",
    "letter",
)


def get_activity(request: HttpRequest, uuid: object) -> tuple[Activity, Person]:
    """The activity and who acts on it; 404, the same as for an unknown one, when it is not theirs to see."""
    activity = get_object_or_404(Activity.objects.select_related(*RELATED), uuid=uuid)
    return activity, acting(request, activity)


def acting(request: HttpRequest, activity: Activity) -> Person:
    """The person as services know them: `None` is a sender who has not confirmed yet."""
    if request.user.is_authenticated and permissions.may_view(request.user, activity):
        return request.user
    if any(signatures.owns(activity, token) for token in _tokens(request)):
        return _as_sender(activity.sender)
    raise Http404


def remember(request: HttpRequest, response: HttpResponse, activity: Activity) -> None:
    """Whoever gets this response owns the activity, as long as the sender's address stays the same."""
    token = signatures.link_token(activity)
    others = [one for one in _tokens(request) if signatures.activity_uuid(one) != activity.uuid]
    response.set_cookie(
        COOKIE,
        "|".join([token, *others][:MOST]),
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def require(is_allowed: bool) -> None:  # noqa: FBT001 - reads as a sentence
    if not is_allowed:
        raise PermissionDenied


def _tokens(request: HttpRequest) -> list[str]:
    return request.COOKIES.get(COOKIE, "").split("|")[:MOST]


def _as_sender(sender: User | None) -> User | None:
    """A cookie gives what a sender may, never what they may do for the city or for an organisation."""
    if sender:
        sender.has_weak_session, sender.memberships_read = True, []
    return sender
