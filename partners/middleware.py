"""Between session and page: the second factor of city roles, and no copy of what a signed-in person sees."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from pghistory.middleware import HistoryMiddleware

from partners.models import User

WHERE_TO_PASS = {
    Authenticator.Type.TOTP: "mfa_reauthenticate",
    Authenticator.Type.WEBAUTHN: "mfa_reauthenticate_webauthn",
}
Next = Callable[[HttpRequest], HttpResponseBase]


class second_factor:  # noqa: N801 - named as the other middleware: what it is about
    """A city role counts only in a session that passed a second factor.

    Without it the person is a visitor with a name: public pages work, every page behind the door sends them
    to the page where they pass it, or first set up an app or a passkey.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _has_session(request) and isinstance(request.user, User) and _is_weak(request, request.user):
            request.user.has_weak_session = True
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        is_public = not getattr(view, "login_required", True)
        if is_public or not getattr(request.user, "has_weak_session", False) or _is_about_account(request):
            return None
        for factor, page in WHERE_TO_PASS.items():
            if is_mfa_enabled(request.user, [factor]):
                return redirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")
        return redirect("mfa_index")


def no_store_for_sessions(get_response: Next) -> Next:
    """Whoever comes with a session gets answers that no cache keeps."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if _has_session(request) or settings.SESSION_COOKIE_NAME in response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return middleware


class History(HistoryMiddleware):
    """The audit context of a change over the web: who. No path (it may hold a signed link), no IP address."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"user": request.user.pk, "origin": "web"}


def _has_session(request: HttpRequest) -> bool:
    return bool(request.session.session_key)


def _is_weak(request: HttpRequest, user: User) -> bool:
    has_passed = any(record["method"] == "mfa" for record in get_authentication_records(request, user))
    return not has_passed and user.needs_second_factor


def _is_about_account(request: HttpRequest) -> bool:
    """The pages of django-allauth itself: to set up the factor, to sign in again, to leave."""
    name = request.resolver_match.url_name if request.resolver_match else None
    return (name or "").startswith(("account_", "mfa_"))
