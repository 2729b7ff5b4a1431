"""The window as residents see it: over HTTP, on the real database."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.models import Listing, Occurrence
from agenda.services import submission
from cultuurportaal.templatetags.portal import day_words
from partners.models import AccessFact, AccessStatement, City
from tests import make

QUERIES: list[str] = json.loads((Path(__file__).parent.parent / "corpus" / "queries.json").read_text())
pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture(autouse=True)
def _city(city: City) -> None:
    """Every page stands in the city."""


def at(days: int, hour: int = 20) -> datetime:
    moment = timezone.localtime(timezone.now()) + timedelta(days=days)
    return moment.replace(hour=hour, minute=0, second=0, microsecond=0)


def text(client: Client, address: str, status: int = 200, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == status, address
    return response.content.decode()


@contextmanager
def queries() -> Iterator[Callable[[], int]]:
    with CaptureQueriesContext(connection) as captured:
        yield lambda: len(captured)


def page_of(slug: str) -> str:
    return f"/agenda/{slug}/"


def slug_of(title: str) -> str:
    return Listing.objects.get(title=title).slug


# --- The agenda ----------------------------------------------------------------------------------------


def test_the_agenda_shows_what_is_published_by_day(client: Client) -> None:
    make.published("Zing mee", starts=[at(2)])
    page = text(client, "/")
    day = at(2)
    assert "<h1>Wat gaan we doen?</h1>" in page
    assert f'id="dag-{day:%Y-%m-%d}"' in page
    assert f'href="/agenda/{slug_of("Zing mee")}/?dag={day:%Y-%m-%dT%H.%M}"' in page
    assert ", 20.00 uur</span></a></h3>" in page
    assert re.search(r'role="status"><b>1 keer iets te doen</b>', page)


def test_drafts_and_everything_else_that_was_not_let_through_never_show(client: Client) -> None:
    """The same titles would show if they were public: one of them is."""
    make.activity("Geheim concept")
    make.submitted("Geheim ingestuurd")
    make.approved("Geheim in de wacht", now=timezone.now())
    shown = make.published("Openbaar")
    type(shown).objects.filter(pk=shown.pk).update(title="Geheim gewijzigd", status="draft")
    withdrawn = make.published("Geheim ingetrokken")
    member = make.user()
    make.Membership.objects.create(user=member, organisation=withdrawn.organisation)
    slug = slug_of("Geheim ingetrokken")
    submission.withdraw(withdrawn, by=member, now=timezone.now())
    venue = make.venue("Een plek")
    addresses = ["/", "/?q=gehei", "/?q=openbaar", "/?weergave=maand", "/makers/", "/plekken/", "/en/"]
    addresses += [
        page_of(slug_of("Openbaar")),
        f"/makers/{shown.organisation.slug}/",
        f"/plekken/{venue.slug}/",
    ]
    for address in addresses:
        page = text(client, address)
        assert "geheim" not in page.lower(), address
    assert "Openbaar" in text(client, "/")
    assert "niet meer in de agenda" in text(client, page_of(slug), 410)


def test_a_cancelled_date_says_so_before_its_title(client: Client) -> None:
    make.published("Zing mee", starts=[at(2)])
    Occurrence.objects.update(status="cancelled")
    page = text(client, "/")
    assert '<li class="card af' in page
    assert page.index("Gaat niet door") < page.index("Zing mee")


def test_moments_facets_and_views_are_plain_links_and_boxes(client: Client) -> None:
    make.kind("concert")
    make.published("Zing mee", starts=[at(2)])
    page = text(client, "/?soort=concert")
    assert 'href="/?soort=concert&amp;wanneer=morgen"' in page
    assert re.search(
        r'<input type="checkbox" id="f-soort-concert" name="soort" value="concert" checked>', page
    )
    assert 'href="/?soort=concert&amp;weergave=maand"' in page
    assert '<a class="chip" href="/" data-hx-get="/"' in page


def test_dates_and_boxes_are_one_form_that_forgets_nothing(client: Client) -> None:
    make.published("Zing mee", starts=[at(2)])
    page = text(client, f"/?van={at(1):%Y-%m-%d}&wanneer=week&prijs=gratis&q=zing")
    form = re.search(r'<form [^>]*id="keuzes".*?</form>', page, re.DOTALL)
    assert form
    assert dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0])) == {
        "q": "zing",
        "wanneer": "week",
    }
    fields = re.findall(r'<(?:input|button)[^>]* form="keuzes"[^>]*>', page)
    assert len(fields) == 3
    assert f'name="van" type="date" form="keuzes" value="{at(1):%Y-%m-%d}"' in fields[0]
    assert 'name="wanneer" value=""' in fields[2]


def test_a_day_of_the_week_is_said_once(client: Client) -> None:
    make.published("Zing mee", starts=[at(3)])
    heading = re.search(r'<h2 class="day"[^>]*>(.*?)</h2>', text(client, "/"))
    assert heading
    assert heading[1].lower().count(day_words(at(3)).split()[0]) == 1
    assert f"<span>{at(3).day} " in heading[1]


def test_what_gives_nothing_stays_visible_and_is_grey(client: Client) -> None:
    make.kind("film", "Film")
    make.published("Zing mee", starts=[at(2)])
    assert re.search(r'<label class="check nul"><input type="checkbox" id="f-soort-film"', text(client, "/"))


def test_subscribing_gives_exactly_this_selection(client: Client) -> None:
    make.kind("concert")
    page = text(client, "/?weergave=lijst&soort=concert&prijs=gratis")
    assert re.search(r'href="webcal://[^/"]+/agenda\.ics\?prijs=gratis&amp;soort=concert"', page)
    assert re.search(r'href="https?://[^/"]+/agenda\.ics\?prijs=gratis&amp;soort=concert"', page)


def test_a_problem_is_said_and_the_rest_is_shown(client: Client) -> None:
    make.published("Zing mee", starts=[at(2)])
    page = text(client, "/?van=2026-02-30")
    assert "Deze datum bestaat niet. Schrijf een datum zo: 2026-11-28." in page
    assert "Zing mee" in page


def test_nothing_found_offers_a_way_out(client: Client) -> None:
    make.published("Zing mee", starts=[at(2)])
    page = text(client, "/?q=zeemeermin")
    assert "Niets gevonden voor deze keuze." in page
    assert '<a class="chip" href="/">Zonder “zeemeermin”: 1 keer</a>' in page


def test_more_days_follow_without_gap_or_double(client: Client) -> None:
    for number in range(35):
        make.published(f"Nummer {number:02}", starts=[at(1 + number // 3, 10 + number % 3)])
    first = text(client, "/")
    following = re.search(r'href="(/\?na=[^"]+)"', first)
    assert following
    second = text(client, following[1])
    titles = [re.findall(r"<span>(Nummer \d\d)</span>", page) for page in (first, second)]
    assert titles[0] + titles[1] == [f"Nummer {number:02}" for number in range(35)]
    assert len(titles[0]) == 30
    part = text(client, following[1], **PART)
    assert "<html" not in part
    assert "data-focus" in part


def test_htmx_gets_the_part_that_changes_and_the_address_to_show(client: Client) -> None:
    make.kind("concert")
    make.published("Zing mee", starts=[at(2)])
    response = client.get("/?wijk=&leeftijd=&soort=concert", headers=PART)
    part = response.content.decode()
    assert "<html" not in part
    assert 'id="keuze" class="stack gap-lg" data-hx-swap-oob="outerMorph"' in part
    assert response["HX-Push-Url"] == "/?soort=concert"
    assert client.get("/?wijk=&leeftijd=&soort=concert", headers=PART)["HX-Push-Url"] == "/?soort=concert"
    assert "HX-Request-Type" in response["Vary"]


def test_the_month_is_a_table_with_a_link_for_each_day_with_something(client: Client) -> None:
    day = (at(0).replace(day=1) + timedelta(days=40)).replace(day=15)
    make.published("Zing mee", starts=[day, day + timedelta(hours=1)])
    page = text(client, f"/?weergave=maand&van={day:%Y-%m-%d}")
    assert f'<a href="/?tot={day:%Y-%m-%d}&amp;van={day:%Y-%m-%d}" data-n="2">15' in page
    assert "Vorige maand" in page
    assert "<b>2 keer iets te doen</b> in" in page


def test_english_pages_stand_under_en(client: Client) -> None:
    make.published("Zing mee", starts=[at(2)])
    page = text(client, "/en/")
    assert '<html lang="en"' in page
    assert 'href="/en/agenda/' in page
    assert '<span lang="nl">Zing mee</span>' in page
    assert '<link rel="alternate" hreflang="nl"' in page


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_string_breaks_a_page(client: Client, query: str) -> None:
    for address in ("/", "/en/", "/makers/", "/plekken/"):
        assert client.get(f"{address}?{query}").status_code in {200, 400}, query


@pytest.mark.parametrize(
    "query", ["q=" + "a" * 16_000, "&".join(["soort=x"] * 1000), "q=" + quote("woord " * 1300)]
)
def test_endless_queries_are_answered_or_refused_in_words(client: Client, query: str) -> None:
    response = client.get(f"/?{query}")
    assert response.status_code in {200, 400, 414}
    assert "<h1" in response.content.decode()


# --- One activity --------------------------------------------------------------------------------------


def test_an_activity_shows_its_facts_first(client: Client) -> None:
    venue = make.venue("Stadstheater", street="Theaterplein 1", town="Zoetermeer")
    make.published("Zing mee", starts=[at(2), at(9)], venue=venue, description="Kom *ook*.", age_from=6)
    page = text(client, page_of(slug_of("Zing mee")))
    assert f'<a class="erf" href="/plekken/{venue.slug}/">Stadstheater</a>' in page
    assert 'datetime="' in page
    assert "Vanaf 6 jaar" in page
    assert "<p>Kom <em>ook</em>.</p>" in page
    assert page.index("Stadstheater") < page.index("Kom <em>ook</em>")
    assert page.count('<a class="chip" href="/agenda/') == 2
    assert "Weten we niet. Vraag het de organisator." in re.sub(r"<[^>]+>", "", page)


def test_the_date_of_the_card_is_the_date_of_the_page(client: Client) -> None:
    make.published("Zing mee", starts=[at(2), at(9)])
    address = page_of(slug_of("Zing mee"))
    assert f'<time datetime="{at(9):%Y-%m-%d}' in text(client, f"{address}?dag={at(9):%Y-%m-%d}")
    for asked in ("", "?dag=1e40", "?dag=2020-01-01"):
        assert f'<time datetime="{at(2):%Y-%m-%d}' in text(client, f"{address}{asked}")


def test_two_dates_on_one_day_each_have_their_page(client: Client) -> None:
    make.published("Zing mee", starts=[at(2, 14), at(2, 20)])
    evening = f"{page_of(slug_of('Zing mee'))}?dag={at(2):%Y-%m-%d}T20.00"
    assert f'href="{evening}"' in text(client, "/")
    page = text(client, evening)
    assert f'href="{evening}" aria-current="true"' in page
    assert f'<time datetime="{at(2, 20):%Y-%m-%dT%H:%M}' in page
    assert f'<time datetime="{at(2, 14):%Y-%m-%dT%H:%M}' not in page


def test_a_date_in_another_year_says_which(client: Client) -> None:
    make.published("Zing mee", starts=[at(370)])
    assert f"{at(370).year}</dt>" in text(client, page_of(slug_of("Zing mee")))


def test_the_data_for_machines_lists_the_coming_dates(client: Client) -> None:
    make.published("Zing </script> mee", starts=[at(2), at(9)])
    address = page_of(Listing.objects.get().slug)
    page = text(client, address)
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert script
    events = json.loads(script[1])
    assert [event["startDate"][:10] for event in events] == [f"{at(day):%Y-%m-%d}" for day in (2, 9)]
    assert events[0]["name"] == "Zing </script> mee"
    assert f'<link rel="canonical" href="{events[0]["url"]}">' in page


def test_saving_offers_a_file_google_and_outlook(client: Client) -> None:
    make.published("Zing mee", starts=[at(2)])
    slug = slug_of("Zing mee")
    page = text(client, page_of(slug))
    assert f'href="/agenda/{slug}.ics"' in page
    assert "https://calendar.google.com/calendar/render?action=TEMPLATE" in page
    assert "https://outlook.live.com/calendar/0/deeplink/compose?" in page


def test_what_is_over_says_so(client: Client) -> None:
    make.published("Zing mee", starts=[at(2)])
    Occurrence.objects.update(until=timezone.now() - timedelta(days=1))
    page = text(client, page_of(slug_of("Zing mee")))
    assert "Dit is geweest." in page
    assert "calendar.google.com" not in page


def test_a_dropped_date_is_not_on_the_page(client: Client) -> None:
    make.published("Zing mee", starts=[at(2), at(9)])
    Occurrence.objects.filter(day=at(9).date()).update(is_listed=False)
    assert f"{at(9):%Y-%m-%d}" not in text(client, page_of(slug_of("Zing mee")))


def test_unknown_is_404_and_of_a_suspended_organiser_410(client: Client) -> None:
    shown = make.published("Zing mee")
    text(client, page_of("bestaat-niet"), 404)
    type(shown.organisation).objects.update(status="suspended")
    text(client, page_of(slug_of("Zing mee")), 410)
    text(client, f"/makers/{shown.organisation.slug}/", 404)


# --- Makers and places ---------------------------------------------------------------------------------


def test_a_maker_shows_what_is_coming_and_how_to_subscribe(client: Client) -> None:
    maker = make.organisation("Popkoor", description="Wij *zingen*.")
    make.published("Zing mee", starts=[at(2)], organisation=maker)
    make.published("Iets anders", starts=[at(2)])
    page = text(client, f"/makers/{maker.slug}/")
    assert "<p>Wij <em>zingen</em>.</p>" in page
    assert "Zing mee" in page
    assert "Iets anders" not in page
    assert f"/makers/{maker.slug}.ics" in page
    assert "1 keer in de komende 30 dagen" in text(client, "/makers/")


def test_a_merged_maker_leads_to_the_one_it_became(client: Client) -> None:
    kept = make.organisation("Blijft")
    make.organisation("Gaat op", slug="gaat-op", status="merged", replaced_by=kept)
    response = client.get("/makers/gaat-op/")
    assert (response.status_code, response["Location"]) == (301, f"/makers/{kept.slug}/")


def test_a_place_shows_how_to_get_in_with_source_and_date(client: Client, city: City) -> None:
    venue = make.venue("Theater", street="Plein 1", town="Zoetermeer")
    fact = AccessFact.objects.create(city=city, code="rolstoel", name="Rolstoeltoegankelijk")
    AccessStatement.objects.create(
        venue=venue, fact=fact, answer="yes", source="de plek zelf", checked_on="2026-11-02"
    )
    make.published("Zing mee", starts=[at(2)], venue=venue)
    page = text(client, f"/plekken/{venue.slug}/")
    assert "Rolstoeltoegankelijk" in page
    assert "Bron: de plek zelf, maandag 2 november 2026." in page
    assert "Zing mee" in page
    assert "https://www.openstreetmap.org/directions?to=Plein+1%2C+Zoetermeer" in page
    assert "Theater" in text(client, "/plekken/")


# --- Cost and caches -----------------------------------------------------------------------------------

EVERY_LIST = ["/", "/?q=nummer", "/?prijs=gratis", "/?weergave=maand", "/makers/", "/plekken/"]


def fill_up_to(number: int, *, with_own_maker_and_place: bool) -> None:
    """Copies of the one published activity, as rows of the window, until there are so many."""
    first, date = Listing.objects.order_by("change_number")[0], Occurrence.objects.all()[0]
    for count in range(Listing.objects.count(), number):
        own = _maker_and_place() if with_own_maker_and_place else {}
        own |= {"uuid": uuid4(), "slug": f"nummer-{count}"}
        listing = Listing.objects.create(**_values(first) | own)
        Occurrence.objects.create(**_values(date) | _of_date(own) | {"listing": listing})


def _maker_and_place() -> dict[str, Any]:
    return {"organisation": make.organisation(), "venue": make.venue()}


def _of_date(own: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in own.items() if name != "slug"} | {"uuid": uuid4()}


def _values(row: Any) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("address", [*EVERY_LIST, "detail", "maker", "venue"])
def test_every_list_costs_the_same_queries_at_1_3_and_300(client: Client, address: str) -> None:
    venue = make.venue()
    shown = make.published("Nummer een", starts=[at(2)], venue=venue)
    special = {
        "detail": page_of(slug_of("Nummer een")),
        "maker": f"/makers/{shown.organisation.slug}/",
        "venue": f"/plekken/{venue.slug}/",
    }
    costs = []
    for number in (1, 3, 300):
        fill_up_to(number, with_own_maker_and_place=address in {"/makers/", "/plekken/"})
        assert Listing.objects.count() == number
        caches["pages"].clear()
        with queries() as cost:
            text(client, special.get(address, address))
            costs.append(cost())
    assert costs == [costs[0]] * 3
    assert costs[0] <= (5 if "q=" in address else 4)


@pytest.fixture
def _stopped_clock() -> Iterator[None]:
    """A page is kept until the minute is over, which may be between two requests."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.mark.usefixtures("_stopped_clock")
@pytest.mark.parametrize("address", EVERY_LIST)
def test_a_kept_page_costs_one_query(client: Client, address: str) -> None:
    make.published("Nummer een", starts=[at(2)])
    text(client, address)
    with queries() as cost:
        text(client, address)
        assert cost() == 1


@pytest.mark.usefixtures("_stopped_clock")
def test_a_page_is_304_until_something_is_published(client: Client) -> None:
    make.published("Nummer een", starts=[at(2)])
    first = client.get("/")
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get("/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make.published("Nummer twee", starts=[at(3)])
    changed = client.get("/", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "Nummer twee" in changed.content.decode()


def test_a_page_is_sent_compressed_to_who_can_read_that(client: Client) -> None:
    plain = client.get("/")
    small = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert small["ETag"] == plain["ETag"]


def test_what_a_signed_in_person_sees_is_never_kept(client: Client) -> None:
    reader = Client()
    client.force_login(make.user(name="Sam de Maker"))
    mine = client.get("/")
    assert mine["Cache-Control"] == "private, no-store"
    assert "ETag" not in mine
    assert "Inloggen" in text(reader, "/")
    assert "Inloggen" not in text(client, "/")


def test_readers_get_no_cookie(client: Client) -> None:
    make.published("Zing mee", starts=[at(2)])
    for address in ("/", page_of(slug_of("Zing mee")), "/makers/", "/plekken/", "/en/"):
        assert not client.get(address).cookies


@pytest.mark.parametrize("address", ["/", "/makers/", "/plekken/", "/agenda/x/"])
def test_pages_are_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


# --- Search engines ------------------------------------------------------------------------------------


def test_the_sitemap_holds_what_is_coming_in_each_language(client: Client) -> None:
    shown = make.published("Zing mee", starts=[at(2)])
    make.submitted("Nog niet")
    make.published("Geweest", starts=[at(3)])
    Occurrence.objects.filter(listing__title="Geweest").update(until=timezone.now() - timedelta(days=1))
    response = client.get("/sitemap.xml")
    paths = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", response.content.decode())
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert page_of(slug_of("Zing mee")) in paths
    assert f"/en{page_of(slug_of('Zing mee'))}" in paths
    assert f"/makers/{shown.organisation.slug}/" in paths
    assert not [path for path in paths if "nog-niet" in path or "geweest" in path]
