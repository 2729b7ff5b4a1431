"""What everybody outside sees of one activity: the agenda, its page, the calendar feed, English."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from icalendar import Calendar

from tests import running

LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@dataclass
class Outside:
    """A reader without a session; `slug` is that of the activity."""

    site: str
    title: str
    slug: str

    def agenda(self) -> str:
        return self.page("/")

    def page(self, path: str) -> str:
        status, _headers, text = running.fetch(self.site + path)
        assert status == 200, (path, status)
        return text

    def own_page(self) -> tuple[int, str]:
        status, _headers, text = running.fetch(f"{self.site}/agenda/{self.slug}/")
        return status, text

    def events(self) -> dict[str, str]:
        """STATUS of every date in the feed of the whole agenda that is of this activity, by UID."""
        calendar = Calendar.from_ical(self.page("/agenda.ics"))
        return {
            str(event["UID"]): str(event.get("STATUS", ""))
            for event in calendar.walk("VEVENT")
            if self.title in str(event["SUMMARY"])
        }

    def surfaces(self) -> dict[str, bool]:
        """Where its title can be read."""
        status, own = self.own_page()
        return {
            "agenda": self.title in self.agenda(),
            "page": status == 200 and self.title in own,
            "feed": self.title in self.page("/agenda.ics"),
            "english": self.title in self.page("/en/"),
            "search": f"{self.slug}/" in self.page(f"/?q={self.title.split()[0]}"),
        }

    def is_everywhere(self) -> bool:
        return all(self.surfaces().values()) and self.is_listed()

    def is_listed(self) -> bool:
        return f"/agenda/{self.slug}/" in self.page("/sitemap.xml")

    def is_nowhere(self) -> bool:
        return not any(self.surfaces().values()) and not self.is_listed()

    def linked_data(self) -> list[dict[str, object]]:
        found = LINKED_DATA.search(self.own_page()[1])
        assert found, "no JSON-LD"
        data = json.loads(found[1])
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        return [dict(one) for one in graph]


@contextmanager
def watching(outside: Outside) -> Iterator[list[str]]:
    """Looks twice a second, from here to the end of the block, and notes where the title was seen."""
    seen: list[str] = []
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(0.5):
            seen.extend(name for name, is_there in outside.surfaces().items() if is_there)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        stop.set()
        watcher.join()
