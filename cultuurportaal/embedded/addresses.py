"""Where the embedded servers of a `var` folder live; pure, so that settings can ask without starting them."""

import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import parse_qs, urlsplit

DATABASE = USER = "portaal"
PORT = 5432
LONGEST_SOCKET = 103 if sys.platform == "darwin" else 107
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._+-]+")


class Urls(NamedTuple):
    """`database_url` suits libpq and django-environ; `redis_url` is `unix:///…/valkey.sock`."""

    database_url: str
    redis_url: str


class UrlParser(Protocol):
    """django-environ's `Env`, handed in because this package imports nothing of Django."""

    @classmethod
    def db_url_config(cls, url: str) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Place:
    """Every path that the embedded servers of one `var` folder use."""

    var: Path

    @property
    def pg(self) -> Path:
        return self.var / "pg"

    @property
    def pg_log(self) -> Path:
        return self.var / "pg.log"

    @property
    def valkey(self) -> Path:
        return self.var / "valkey"

    @property
    def valkey_log(self) -> Path:
        return self.var / "valkey.log"

    @property
    def short(self) -> Path | None:
        """A private folder in /tmp for the sockets, when `var` is too long or too odd for a socket address.

        The name follows from `var` alone: every process of this `var` finds it, whatever its TMPDIR says.
        """
        longest = str(self.valkey / "valkey.sock.unused")
        if len(longest.encode()) <= LONGEST_SOCKET and PLAIN_PATH.fullmatch(longest):
            return None
        mark = hashlib.sha256(str(self.var).encode()).hexdigest()[:16]
        return Path("/tmp") / f"cultuurportaal-{mark}"  # noqa: S108 its owner and mode are checked before use

    @property
    def pg_sockets(self) -> Path:
        return self.short or self.pg

    @property
    def valkey_socket(self) -> Path:
        return (self.short or self.valkey) / "valkey.sock"


def place(var: Path) -> Place:
    return Place(var.resolve())


def urls(var: Path) -> Urls:
    """The addresses of the embedded servers of `var`, whether they run or not."""
    at = place(var)
    return Urls(
        f"postgres://{USER}@/{DATABASE}?host={at.pg_sockets}&port={PORT}",
        f"unix://{at.valkey_socket}",
    )


def database_settings(var: Path) -> dict[str, str]:
    """Django's DATABASES entry for the embedded PostgreSQL of `var`."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": USER,
        "HOST": str(place(var).pg_sockets),
        "PORT": str(PORT),
    }


def django_database(url: str, parser: type[UrlParser]) -> dict[str, Any]:
    """A DATABASES entry from a URL; host, port and user of its query move to where Django looks for them.

    What else the query holds (`sslmode=require`) stays in OPTIONS.
    """
    database = parser.db_url_config(url)
    options = database.pop("OPTIONS", {})
    for name in ("host", "port", "user", "password"):
        if name in options:
            database[name.upper()] = str(options.pop(name))
    return {**database, "OPTIONS": options}


def celery_url(redis_url: str) -> str:
    """The broker address as Celery spells it: `unix:///x.sock?db=1` → `redis+socket:///x.sock?virtual_host=1`."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    number = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={number}"
