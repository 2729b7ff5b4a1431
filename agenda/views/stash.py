"""Somebody whose session ended while they typed signs in, and finds their text again."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

KEPT, MOST = "typed", 100_000


View = Callable[..., HttpResponse]


def signs_in(view: View) -> View:
    """What is not there for somebody who is not signed in may be theirs: to the sign-in page and back."""

    @wraps(view)
    def behind(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if request.user.is_authenticated:
                raise
            return sign_in(request)

    return behind


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
