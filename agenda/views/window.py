"""How public pages are kept: by address and change number, with an ETag of the bytes, not for a session."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from agenda.models.listing import Scope
from partners.models import City

KEPT_SECONDS = 60
ADDRESS = "HX-Push-Url"
P = ParamSpec("P")
# By hand, as it comes before every public page: the ORM takes longer to build it than PostgreSQL to answer.
CITY_AND_VERSION = """
    SELECT city.*, scope.version FROM partners_city city
    LEFT JOIN agenda_scope scope ON scope.name = %s WHERE city.slug = %s
"""
PERSONAL_COOKIES = {settings.SESSION_COOKIE_NAME, "messages"}


@dataclass(frozen=True)
class Here:
    """Where and when a page is read: the city, the change number of its agenda, the moment."""

    city: City | None
    version: int
    now: datetime

    @property
    def language(self) -> str:
        return "en" if (get_language() or "nl").startswith("en") else "nl"


@dataclass(frozen=True)
class Page:
    """The bytes of an answer, kept compressed, and what they are."""

    compressed: bytes
    etag: str
    content_type: str
    address: str = ""  # what htmx writes in the address bar


def read_here() -> Here:
    """One query."""
    city = next(iter(City.objects.raw(CITY_AND_VERSION, [Scope.AGENDA, settings.STAD])), None)
    return Here(city, getattr(city, "version", None) or 0, timezone.now())


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for the part of the page that changes."""
    return request.headers.get("HX-Request-Type") == "partial"


def kept(
    view: Callable[Concatenate[HttpRequest, Here, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Give the view its `Here`, and a reader without a session the same answer for a minute at most.

    One query for an answer that is kept. It is thrown away with the next change of the agenda, and with the
    clock: what is over leaves the list.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        here = read_here()
        if PERSONAL_COOKIES & request.COOKIES.keys():
            return view(request, here, *args, **kwargs)
        key = _key(request, here)
        page: Page | None = caches["pages"].get(key)
        if page is None:
            response = view(request, here, *args, **kwargs)
            if response.status_code != 200:
                return response
            page = _page(response)
            caches["pages"].set(key, page, KEPT_SECONDS)
        return _answer(request, page)

    return wrapper


def _key(request: HttpRequest, here: Here) -> str:
    parts = (
        here.version,
        int(here.now.timestamp()) // KEPT_SECONDS,
        is_part(request),
        request.get_full_path(),
    )
    return sha256(repr(parts).encode()).hexdigest()


def _page(response: HttpResponse) -> Page:
    body = response.content
    etag = f'W/"{sha256(body).hexdigest()[:32]}"'
    return Page(gzip.compress(body, 6, mtime=0), etag, response["Content-Type"], response.get(ADDRESS, ""))


def _answer(request: HttpRequest, page: Page) -> HttpResponseBase:
    is_small = "gzip" in request.headers.get("Accept-Encoding", "")
    body = page.compressed if is_small else gzip.decompress(page.compressed)
    response = HttpResponse(body, content_type=page.content_type)
    if is_small:
        response["Content-Encoding"] = "gzip"
    if page.address:
        response[ADDRESS] = page.address
    response["ETag"] = page.etag
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Encoding", "HX-Request-Type"])
    answer = get_conditional_response(request, etag=page.etag, response=response)
    return answer or response
