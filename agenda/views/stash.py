"""Somebody whose session ended while they typed signs in, and finds their text again."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict

KEPT, MOST = "typed", 100_000


def sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page; what was posted waits in the session, without secrets and files."""
    if request.method == "POST":
        typed = request.POST.copy()
        typed.pop("csrfmiddlewaretoken", None)
        text = typed.urlencode()
        if len(text) <= MOST:
            request.session[KEPT] = {"path": request.path, "text": text}
    return redirect_to_login(request.path)


def take(request: HttpRequest) -> QueryDict | None:
    """What was typed on this page before signing in; once."""
    kept = request.session.get(KEPT) if request.user.is_authenticated else None
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEPT]
    return QueryDict(kept["text"])
