"""One function for each calendar client: a feed goes in, the dates that the client sees come out, in UTC.

Clients run with a folder of their own and the time zone UTC, so what they print is what they understood.
"""

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from icalendar import Calendar

HERE = Path(__file__).parent
LAST_SUMMER_OF_PYTZ = 2037
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, order=True)
class Seen:
    """A date as a client understood it: ISO 8601 in UTC, or days; `end` is "" where none was given."""

    start: str
    end: str


def moment(value: date) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    return value.isoformat()


def run(*command: str, folder: Path) -> str:
    """What the client printed; it sees only `folder` as its home."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command[0]} ended with {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout


def icalendar(feed: Path, folder: Path) -> list[Seen]:
    """The library that the feeds are made with, and what the other clients are compared to."""
    return sorted(_events(feed.read_bytes()))


def _events(text: bytes) -> Iterator[Seen]:
    for event in Calendar.from_ical(text).events:
        yield Seen(moment(event.start), moment(event.end) if "DTEND" in event else "")


def ical_js(feed: Path, folder: Path) -> list[Seen]:
    """The engine of Thunderbird and Nextcloud."""
    dates = json.loads(run("node", str(HERE / "icaljs.mjs"), str(feed), folder=folder))
    return sorted(Seen(_short(one["start"]), _short(one["end"] or "")) for one in dates)


def libical(feed: Path, folder: Path) -> list[Seen]:
    """The engine of Evolution and KOrganizer; its own check of RFC 5545 must find no error."""
    program = folder / "libical-reader"
    run("gcc", "-Wall", "-o", str(program), str(HERE / "libical.c"), "-lical", folder=folder)
    rows = (line.split("\t") for line in run(str(program), str(feed), folder=folder).splitlines())
    return sorted(Seen(_short(start), _short(end.strip("-"))) for _uid, start, end in rows)


def _short(text: str) -> str:
    """'2026-10-24T18:00:00.000Z' as '2026-10-24T18:00Z'; a day stays a day."""
    return re.sub(r":00(\.000)?Z$", "Z", text)


def khal(feed: Path, folder: Path) -> list[Seen]:
    """khal shows an event without an end as one of an hour, and days with the last one included."""
    settings = folder / "khal.conf"
    settings.write_text(KHAL.format(folder=folder))
    (folder / "khal").mkdir()
    run("khal", "-c", str(settings), "import", "--batch", "-a", "feed", str(feed), folder=folder)
    line = "{start-long-full}\t{end-long-full}\t{all-day}"
    shown = ("list", "--once", "--day-format", "", "--format", line, "2026-01-01", "2041-01-01")
    rows = run("khal", "-c", str(settings), *shown, folder=folder).splitlines()
    return sorted(_of_khal(*row.split("\t")) for row in rows if row)


def _of_khal(start: str, end: str, all_day: str) -> Seen:
    if all_day == "True":
        return Seen(start[:10], moment(date.fromisoformat(end[:10]) + timedelta(days=1)))
    return Seen(f"{start.replace(' ', 'T')}Z", f"{end.replace(' ', 'T')}Z")


KHAL = """[calendars]
[[feed]]
path = {folder}/khal
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
[default]
default_calendar = feed
"""


def calcurse(feed: Path, folder: Path) -> list[Seen]:
    """calcurse keeps what it understood as lines in a file; nothing may be skipped."""
    own = ("-D", str(folder / "calcurse"), "-C", str(folder / "calcurse"))
    (folder / "calcurse").mkdir()
    said = run("calcurse", *own, "-i", str(feed), folder=folder)
    assert re.search(r"\b[1-9]\d* (?:item\w* )?skipped", said) is None, said
    return sorted(map(_of_calcurse, (folder / "calcurse" / "apts").read_text().splitlines()))


def _of_calcurse(line: str) -> Seen:
    """'10/24/2026 @ 18:00 -> 10/24/2026 @ 20:00', '01/18/2027 [1]' or '03/27/2027 [1] {1D -> 03/29/2027}'."""
    times = re.match(r"(\S+ @ \S+) -> (\S+ @ [\d:]+)", line)
    if times:
        start, end = (
            datetime.strptime(text, "%m/%d/%Y @ %H:%M").replace(tzinfo=UTC) for text in times.groups()
        )
        return Seen(moment(start), moment(end))
    first, last = re.match(r"(\S+) \[\d+\](?: \{1D -> (\S+)\})?", line).groups()  # type: ignore[union-attr]
    days = [datetime.strptime(text, "%m/%d/%Y").date() for text in (first, last or first)]  # noqa: DTZ007 - a day
    return Seen(moment(days[0]), moment(days[1] + timedelta(days=1)))


def vdirsyncer(feed: Path, folder: Path) -> list[Seen]:
    """It fetches over HTTP and cuts the feed into one file per UID."""
    (folder / "items").mkdir()
    with _served(feed) as address:
        settings = folder / "vdirsyncer.conf"
        settings.write_text(VDIRSYNCER.format(folder=folder, address=address))
        run("vdirsyncer", "-c", str(settings), "discover", folder=folder)
        run("vdirsyncer", "-c", str(settings), "sync", folder=folder)
    files = (folder / "items").glob("*.ics")
    return sorted(seen for file in files for seen in _events(file.read_bytes()))


VDIRSYNCER = """[general]
status_path = "{folder}/status/"
[pair feed]
a = "items"
b = "web"
collections = null
conflict_resolution = "b wins"
[storage items]
type = "filesystem"
path = "{folder}/items/"
fileext = ".ics"
[storage web]
type = "http"
url = "{address}"
"""


@contextmanager
def _served(feed: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(feed.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/{feed.name}"
    finally:
        server.shutdown()
        server.server_close()


Reader = Callable[[Path, Path], list[Seen]]


def as_shown(reader: Reader, dates: Iterable[Seen]) -> list[Seen]:
    """What a client shows of these dates when it understands all of them, with its own habits."""
    return sorted(HABITS.get(reader, lambda seen: seen)(one) for one in dates)


def _habit_of_khal(seen: Seen) -> Seen:
    """An hour where no end was given; no summer time after 2037, whatever the feed says (pytz)."""
    start, end = seen.start, seen.end
    if "T" in start and not end:
        end = _moved(start, AN_HOUR)
    if "T" in start and int(start[:4]) > LAST_SUMMER_OF_PYTZ and "04" <= start[5:7] <= "09":
        start, end = _moved(start, AN_HOUR), _moved(end, AN_HOUR)
    return Seen(start, end)


def _habit_of_calcurse(seen: Seen) -> Seen:
    """Without an end it ends when it starts."""
    return Seen(seen.start, seen.end or seen.start)


def _moved(text: str, by: timedelta) -> str:
    return moment(datetime.strptime(text, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC) + by)


HABITS: dict[Reader, Callable[[Seen], Seen]] = {khal: _habit_of_khal, calcurse: _habit_of_calcurse}
READERS: dict[str, Reader] = {
    "icalendar": icalendar,
    "ical.js": ical_js,
    "libical": libical,
    "khal": khal,
    "calcurse": calcurse,
    "vdirsyncer": vdirsyncer,
}


def missing() -> list[str]:
    """What must be installed before the clients can run."""
    programs = {
        "node": "nodejs",
        "gcc": "gcc",
        "khal": "khal",
        "calcurse": "calcurse",
        "vdirsyncer": "vdirsyncer",
    }
    absent = [package for program, package in programs.items() if not shutil.which(program)]
    if not any(Path(folder, "libical/ical.h").exists() for folder in ("/usr/include", "/usr/local/include")):
        absent.append("libical-dev")
    if not (HERE / "node_modules" / "ical.js").exists():
        absent.append("ical.js (npm ci in tests/clients)")
    return absent
