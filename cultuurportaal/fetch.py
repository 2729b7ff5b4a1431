"""Reading a link that somebody gave us: from the public internet only, bounded in bytes, time and turns."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cultuurportaal.publicnet import Clock, PublicNet, Refused

MOST_BYTES = 5 * 1024 * 1024
MOST_SECONDS = 15.0
MOST_REDIRECTS = 5
LONGEST = 2000
MOST_ADDRESS_BYTES = 1000  # an index of the database cannot hold much more
TYPES = (
    "text/",
    "application/xhtml+xml",
    "application/ld+json",
    "application/json",
    "application/octet-stream",
)
AGENT = "Cultuurportaal/1.0"
WORDS = {
    "link": _("Dit is geen link die we kunnen openen. Schrijf hem zo: https://www.buurthuis.nl/agenda"),
    "scheme": _("Een link begint met https:// of http://."),
    "user": _("In deze link staat een @ vóór de naam van de site. Haal dat weg."),
    "port": _("Deze link wijst niet naar een gewone website. Zo'n link openen we niet."),
    "private": _("Deze link wijst naar een besloten netwerk. Geef een link die iedereen kan openen."),
    "unknown": _("We kunnen deze site niet bereiken. Klopt de link?"),
    "turns": _("Deze link stuurt ons steeds verder. Open hem zelf en neem de link waar je uitkomt."),
    "unsafe": _("Deze link stuurt ons van https naar een onveilige pagina. Zo'n link openen we niet."),
    "large": _("Deze pagina is te groot: hoogstens 5 MB."),
    "slow": _("Deze site antwoordt te langzaam. Probeer het later nog eens."),
    "type": _("Achter deze link staat geen pagina en geen agenda. Een foto of pdf kunnen we zo niet lezen."),
    "gone": _("Deze pagina bestaat niet (meer). Klopt de link?"),
    "closed": _("Deze site laat ons niet binnen. Neem de tekst zelf over, of geef een andere link."),
    "broken": _("Deze site geeft een fout. Probeer het later nog eens."),
}


class LinkRefused(Exception):  # noqa: N818 - the word of the domain
    """The link was not read; `reason` is a code, `words` say in Dutch what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def words(self) -> str:
        return str(WORDS[self.reason])


@dataclass(frozen=True)
class Fetched:
    """What stood behind a link. `is_same`: the site says that nothing changed, and `body` is empty."""

    url: str
    content_type: str
    body: bytes
    etag: str = ""
    modified: str = ""
    is_same: bool = False


def fetch(address: str, *, etag: str = "", modified: str = "", seconds: float = MOST_SECONDS) -> Fetched:
    """Reads what stands behind a link, after at most five redirects. Raises LinkRefused.

    `etag` and `modified` are those of the last time: the site may then answer that nothing changed.
    """
    url, clock = web_address(address), Clock(seconds)
    headers = {"Accept-Encoding": "gzip, identity", "Accept": "text/html, text/calendar, */*;q=0.5"}
    headers |= {"User-Agent": f"{AGENT} (+{settings.SITE_ORIGIN})", "Accept-Language": "nl, en;q=0.5"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    with client(clock) as web:
        for _turn in range(MOST_REDIRECTS + 1):
            answer = _ask(web, url, headers, clock)
            if isinstance(answer, Fetched):
                return answer
            url = answer
    raise LinkRefused("turns")


def web_address(text: str) -> str:
    """The address as we open it; webcal is https. Raises LinkRefused."""
    text = text.strip()
    if not text or len(text) > LONGEST or any(sign <= " " or sign == "\\" for sign in text):
        raise LinkRefused("link")
    scheme, colon, rest = text.partition("://")
    if not colon and ":" not in text.partition("/")[0]:
        scheme, rest = "https", text
    if scheme.lower() in {"webcal", "webcals"}:
        scheme = "https"
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        _check(parts)
        address = parts._replace(fragment="").geturl()
        is_too_long = len(address.encode()) > MOST_ADDRESS_BYTES
    except ValueError as problem:
        raise LinkRefused("link") from problem
    if is_too_long:
        raise LinkRefused("link")
    return address


def _check(parts: SplitResult) -> None:
    if parts.scheme not in {"http", "https"}:
        raise LinkRefused("scheme")
    if "@" in parts.netloc:
        raise LinkRefused("user")
    if not parts.hostname or parts.port == 0:
        raise LinkRefused("link")


def client(clock: Clock) -> httpx.Client:
    """httpx on our own network; we follow redirects; proxies and netrc of the machine do not count."""
    transport = httpx.HTTPTransport(trust_env=False)
    transport._pool = httpcore.ConnectionPool(  # httpx has no public way in: a test guards this
        ssl_context=httpx.create_ssl_context(trust_env=False),
        network_backend=PublicNet(clock, settings.IMPORT_TOEGESTANE_HOSTS),
        max_connections=1,
    )
    return httpx.Client(transport=transport, trust_env=False, follow_redirects=False, timeout=MOST_SECONDS)


def _ask(web: httpx.Client, url: str, headers: dict[str, str], clock: Clock) -> Fetched | str:
    """One turn: what was read, or the address where the site sends us."""
    try:
        with web.stream("GET", url, headers=headers) as response:
            if response.has_redirect_location:
                return further(url, response.headers.get("Location", ""))
            return _read(response, clock)
    except httpx.HTTPError as problem:
        raise LinkRefused(_reason(problem)) from problem
    except Refused as problem:
        raise LinkRefused(problem.reason) from problem
    except (httpx.InvalidURL, ValueError) as problem:
        raise LinkRefused("link") from problem


def _reason(problem: BaseException) -> str:
    """The reason of a refusal, which httpx has wrapped in an error of its own."""
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, Refused):
            return cause.reason
        cause = cause.__cause__ or cause.__context__
    if isinstance(problem, httpx.TimeoutException):
        return "slow"
    return "unknown" if isinstance(problem, httpx.ConnectError) else "broken"


def further(url: str, location: str) -> str:
    """Where a redirect leads, checked like the link itself."""
    target = web_address(urljoin(url, location))
    if url.startswith("https:") and not target.startswith("https:"):
        raise LinkRefused("unsafe")
    return target


def _read(response: httpx.Response, clock: Clock) -> Fetched:
    kept = {
        "etag": response.headers.get("ETag", "")[:200],
        "modified": response.headers.get("Last-Modified", "")[:60],
    }
    content_type = response.headers.get("Content-Type", "text/html")[:200]
    if response.status_code == httpx.codes.NOT_MODIFIED:
        return Fetched(str(response.url), content_type, b"", is_same=True, **kept)
    if reason := _status(response.status_code):
        raise LinkRefused(reason)
    if not content_type.strip().lower().startswith(TYPES):
        raise LinkRefused("type")
    body = b"".join(_bounded(response, clock))
    return Fetched(str(response.url), content_type, body, **kept)


def _status(code: int) -> str:
    if code == httpx.codes.OK:
        return ""
    if code in {404, 410}:
        return "gone"
    return "closed" if code in {401, 402, 403, 407, 429, 451} else "broken"


def _bounded(response: httpx.Response, clock: Clock) -> Iterator[bytes]:
    """The body, unpacked by us: what was packed can be a thousand times larger than what comes in."""
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing not in {"", "identity", "gzip", "x-gzip"}:
        raise LinkRefused("broken")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packing.endswith("gzip") else None
    room = MOST_BYTES + 1
    for raw in response.iter_raw(64 * 1024):
        clock.left()
        try:
            piece = unpack.decompress(raw, room) if unpack else raw
        except zlib.error as problem:
            raise LinkRefused("broken") from problem
        room -= len(piece)
        if room <= 0:
            raise LinkRefused("large")
        yield piece
