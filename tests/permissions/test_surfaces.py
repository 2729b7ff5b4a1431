"""The sweep of everything that is public: what was not let through is nowhere, what was is everywhere."""

import csv
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.text import slugify

from agenda.models import Activity
from tests.permissions import states
from tests.permissions.test_cells import SWEPT
from tests.permissions.world import World, taken_back

pytestmark = pytest.mark.django_db
WORD = states.WORD


def cells() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with (Path(__file__).parents[1] / "data" / "permissions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["action"] == SWEPT:
                found.setdefault(row["state"], {})[row["subject"]] = row["expected"]
    return found


CELLS = cells()


def lists(world: World) -> list[str]:
    """Where it stands when it is public; searched by a word that the page does not repeat."""
    return [
        "/",
        f"/?q={WORD}",
        "/en/",
        f"/en/?q={WORD}",
        reverse("agenda:maker", args=[world.own.slug]),
        reverse("agenda:venue", args=[world.venue.slug]),
        "/sitemap.xml",
        "/agenda.ics",
        f"/agenda.ics?q={WORD}",
        reverse("agenda:maker_feed", args=[world.own.slug]),
        reverse("agenda:venue_feed", args=[world.venue.slug]),
    ]


def own_pages(activity: Activity) -> list[str]:
    slug = activity.slug or slugify(activity.title)
    return [f"/agenda/{slug}/", f"/en/agenda/{slug}/", f"/agenda/{slug}.ics"]


ELSEWHERE = ["/makers/", "/plekken/", "/netwerk/", "/robots.txt", f"/toegankelijkheid/?q={WORD}"]


def shown(world: World, subject: str, address: str) -> str:
    """What can be read there; a page that says that nothing is here repeats its own address."""
    response = world.client(subject).get(address)
    if response.status_code != 200:
        return ""
    body = b"".join(response) if response.streaming else response.content
    return body.decode().replace("\r\n ", "").lower()


@pytest.mark.parametrize("state", CELLS)
def test_public_surfaces(state: str, world: World) -> None:
    with taken_back():
        activity = states.ACTIVITY[state](world)
        for subject, expected in CELLS[state].items():
            found = [
                address
                for address in [*lists(world), *own_pages(activity)]
                if states.TITLE.lower() in shown(world, subject, address)
            ]
            wanted = [*lists(world), *own_pages(activity)] if expected == "ALLOW" else []
            assert found == wanted, subject


@pytest.mark.parametrize("subject", ["anon", "owner_own", "editor"])
def test_what_only_waits_is_on_no_page(world: World, subject: str) -> None:
    """A change of what is live, and pages where nothing of an activity belongs."""
    with taken_back():
        activity = states.ACTIVITY["gepubliceerd_wijziging_in_behandeling"](world)
        for address in [*lists(world), *own_pages(activity), *ELSEWHERE]:
            assert states.PROPOSED.lower() not in shown(world, subject, address), address
