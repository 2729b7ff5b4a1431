"""Reads one source as a program: `python -m agenda.imports.child`: a source goes in, JSON comes out.

Reading what strangers wrote happens here and nowhere else, in a child process with a limit on memory and
time (`imports.sandbox`): a bomb or a crash costs one source and never a web process or a worker. The first
line of the input is JSON about the source, everything after it is the source itself.
"""

import json
import resource
import sys
from datetime import datetime

from agenda.imports import base, ics, page

MEMORY_BYTES = 1024**3
CPU_SECONDS = 15


def limit() -> None:
    """From here on this process gets no more than its share of memory and time."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def main() -> int:
    limit()
    about = json.loads(sys.stdin.buffer.readline())
    body = sys.stdin.buffer.read()
    window = ics.Window(datetime.fromisoformat(about["start"]), datetime.fromisoformat(about["end"]))
    try:
        findings = read(body, about["url"], about["content_type"], window)
    except (MemoryError, RecursionError):
        findings = base.Findings(refused="heavy")
    print(json.dumps(base.dump(findings)))
    return 0


def read(body: bytes, url: str, content_type: str, window: ics.Window) -> base.Findings:
    """A calendar when it begins as one, else a page; also when the site says another type."""
    if looks_like_calendar(body):
        return ics.read(body, window)
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "text/calendar":
        return base.Findings(kind="ics", refused="empty" if not body.strip() else "no_calendar")
    if kind in {"application/ld+json", "application/json"}:
        body = b"<script type='application/ld+json'>" + body + b"</script>"
    elif b"\0" in body[:1000] or not body.strip():
        return base.Findings(refused="empty" if not body.strip() else "nothing")
    return page.read(body, url, content_type)


def looks_like_calendar(body: bytes) -> bool:
    start = body[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    return start[:15].upper() == b"BEGIN:VCALENDAR"


if __name__ == "__main__":
    sys.exit(main())
