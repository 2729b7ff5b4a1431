"""Events for search engines, and links for web calendars: pure, exact, safe in a script element."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from agenda import jsonld, save_links
from agenda.document import Image
from tests.agenda.documents import document, local, place, time

URL = "https://cultuur.example/agenda/zing-mee/"
ORIGIN = "https://cultuur.example"


def event(**fields: object) -> dict[str, object]:
    found = document(**fields)
    return jsonld.events(found, found.times, url=URL, origin=ORIGIN)[0]


def test_a_date_becomes_an_event_with_all_that_is_known() -> None:
    assert event() == {
        "@context": "https://schema.org",
        "@type": "MusicEvent",
        "@id": f"{URL}#00000000-0000-4000-8000-000000000001",
        "name": "Zing mee & <b>wees blij</b>",
        "description": "Een avond zingen.",
        "url": URL,
        "startDate": "2026-11-28T20:00:00+01:00",
        "endDate": "2026-11-28T22:00:00+01:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Stadstheater",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Theaterplein 1",
                "postalCode": "2711 EC",
                "addressLocality": "Zoetermeer",
                "addressCountry": "NL",
            },
            "geo": {"@type": "GeoCoordinates", "latitude": 52.06, "longitude": 4.49},
        },
        "organizer": {
            "@type": "Organization",
            "name": "Popkoor De Waterlelie",
            "url": "https://koor.example/",
        },
        "offers": {
            "@type": "Offer",
            "price": "7.50",
            "priceCurrency": "EUR",
            "availability": "https://schema.org/InStock",
            "url": URL,
        },
        "inLanguage": "nl",
        "typicalAgeRange": "6-",
    }


@pytest.mark.parametrize(
    ("status", "said"),
    [("cancelled", "EventCancelled"), ("postponed", "EventPostponed"), ("sold_out", "EventScheduled")],
)
def test_the_status_of_a_date_is_told(status: str, said: str) -> None:
    assert event(times=(time(status=status),))["eventStatus"] == f"https://schema.org/{said}"


def test_another_time_is_a_reschedule_and_another_room_is_not() -> None:
    moved = event(times=(time(status="moved", previous_start=local(2026, 11, 27, 20)),))
    assert moved["eventStatus"] == "https://schema.org/EventRescheduled"
    assert moved["previousStartDate"] == "2026-11-27T20:00:00+01:00"
    assert event(times=(time(status="moved"),))["eventStatus"] == "https://schema.org/EventScheduled"


def test_sold_out_and_free_are_in_the_offer() -> None:
    sold_out = event(times=(time(status="sold_out"),), price_kind="free", price=None)
    assert sold_out["offers"]["availability"] == "https://schema.org/SoldOut"  # type: ignore[index]
    assert sold_out["offers"]["price"] == "0.00"  # type: ignore[index]
    assert sold_out["isAccessibleForFree"] is True


def test_what_is_not_known_is_left_out() -> None:
    bare = event(place=None, price_kind="unknown", price=None, summary="", description="", age_from=None)
    assert not {"location", "offers", "description", "image", "typicalAgeRange"} & bare.keys()


def test_a_whole_day_has_dates_without_a_clock() -> None:
    day = event(times=(time(is_all_day=True, start=local(2026, 12, 5), end=local(2026, 12, 6)),))
    assert (day["startDate"], day["endDate"]) == ("2026-12-05", "2026-12-06")


def test_pictures_have_whole_addresses() -> None:
    image = Image("1", "x", {"16x9": {"jpeg": {"640": "/media/a", "1280": "/media/b"}}})
    assert event(image=image)["image"] == [f"{ORIGIN}/media/b"]


def test_no_text_can_end_the_script_element() -> None:
    evil = jsonld.script(event(summary="</script><script>alert(1)</script><!-- & \u2028"))
    assert "<" not in evil
    assert "&" not in evil
    assert json.loads(evil)["description"] == "</script><script>alert(1)</script><!-- & \u2028"


def question(link: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}


@pytest.mark.parametrize(
    ("start", "end", "dates"),
    [
        (local(2026, 11, 28, 20), local(2026, 11, 28, 22), "20261128T190000Z/20261128T210000Z"),
        (local(2026, 7, 3, 20), None, "20260703T180000Z/20260703T200000Z"),
        (local(2026, 10, 24, 23), local(2026, 10, 25, 4), "20261024T210000Z/20261025T030000Z"),
    ],
)
def test_google_gets_universal_time_also_over_a_clock_change(start: object, end: object, dates: str) -> None:
    assert question(save_links.google(document(), time(start=start, end=end), URL))["dates"] == dates


def test_google_counts_a_whole_day_up_to_the_next() -> None:
    day = time(is_all_day=True, start=local(2026, 12, 5), end=None)
    assert question(save_links.google(document(), day, URL))["dates"] == "20261205/20261206"


def test_outlook_gets_the_offset_of_that_day() -> None:
    asked = question(save_links.outlook(document(), time(start=local(2026, 7, 3, 20), end=None), URL))
    assert (asked["startdt"], asked["enddt"]) == ("2026-07-03T20:00:00+02:00", "2026-07-03T22:00:00+02:00")
    assert asked["subject"] == "Zing mee & <b>wees blij</b>"
    assert asked["location"] == "Stadstheater, Grote zaal, Theaterplein 1, 2711 EC Zoetermeer"


def test_a_route_goes_to_the_coordinates_else_to_the_street_else_nowhere() -> None:
    assert question(save_links.routes(place())[0][1])["to"] == "52.06,4.49"
    without = save_links.routes(place(latitude=None, longitude=None))
    assert question(without[1][1])["destination"] == "Theaterplein 1, Zoetermeer"
    assert save_links.routes(place(latitude=None, longitude=None, street="")) == []
