"""Dates in pencil: makers and editors see them by day with what clashes; the public never does."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agenda.models import Activity, Option
from agenda.services import options as services
from agenda.tasks import erase_unconfirmed
from cultuurportaal.workflow import NotAllowed
from partners.models import City, Organisation, OrganisationKind, User
from tests import make
from tests.agenda.test_neighbours import evening
from tests.agenda.test_submit import soon

pytestmark = pytest.mark.django_db
URL = "/mijn/opties/"
MARK = "Zilverreigerbal"


def pencilled_in(organisation: Organisation, title: str = MARK, **fields: Any) -> Option:
    start = fields.pop("start", evening())
    day = timezone.localtime(start).date()
    return Option.objects.create(
        organisation=organisation,
        title=title,
        **{"day": day, "start": start, "added_at": make.NOW, "expires_on": day, **fields},
    )


def line(**changed: str) -> dict[str, str]:
    return {"title": MARK, "tekst": f"{soon()} 20.00 uur", "place": "Buurthuis", **changed}


def test_maker_adds_a_date_in_one_line(
    client: Client, city: City, maker: User, organisation: Organisation
) -> None:
    client.force_login(maker)
    answer = client.post(URL, line(note="Als de zaal vrij is"), follow=True)
    assert "1 datum staat in potlood" in answer.text
    option = Option.objects.get()
    assert (option.organisation, option.title, option.place_text) == (organisation, MARK, "Buurthuis")
    assert option.start == evening()
    assert option.expires_on == option.day
    assert Activity.objects.count() == 0


def test_sentence_of_several_dates_gives_one_each_and_again_none(
    client: Client, city: City, maker: User, organisation: Organisation
) -> None:
    client.force_login(maker)
    for _again in range(2):
        client.post(URL, line(tekst=f"{soon(10)} 20.00 uur en {soon(80)} 20.00 uur"))
    first, later = Option.objects.all()
    today = timezone.localdate()
    assert (first.expires_on, later.expires_on) == (first.day, today + timedelta(days=60))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "Vul in wat jullie denken te doen"),
        ({"tekst": ""}, "Vul in wanneer het is"),
        ({"tekst": f"{soon(-3)} 20.00 uur"}, "Die dag is al geweest"),
        ({"tekst": "elke dag 20.00 uur tot eind volgend jaar"}, "te veel datums"),
    ],
)
def test_mistakes_are_said_in_words(
    changed: dict[str, str], words: str, client: Client, maker: User, organisation: Organisation
) -> None:
    client.force_login(maker)
    answer = client.post(URL, line(**changed))
    assert answer.status_code == 422
    assert words in answer.text
    assert Option.objects.count() == 0


def test_clashes_are_found_before_anything_is_printed(
    client: Client, city: City, maker: User, organisation: Organisation
) -> None:
    pencilled_in(organisation, "Ons bal")
    pencilled_in(make.organisation("Fanfare"), "Hun concert", start=evening() + timedelta(hours=1))
    pencilled_in(make.organisation("Toneel"), "Matinee", start=evening() - timedelta(hours=6))
    make.published("Openbaar feest", starts=[evening()])
    make.approved("Nog geheim", starts=[evening()])
    client.force_login(maker)
    ((_day, rows),) = client.get(URL).context["by_day"]
    found = {row.option.title: ([str(one) for one in row.beside], len(row.held)) for row in rows}
    assert found == {
        "Matinee": ([], 0),
        "Ons bal": (["Hun concert"], 1),
        "Hun concert": (["Ons bal"], 1),
    }
    assert "geheim" not in client.get(URL).text


def test_one_click_makes_a_draft_and_wipes_the_pencil(
    client: Client, city: City, maker: User, organisation: Organisation
) -> None:
    option = pencilled_in(organisation, place_text="Buurthuis")
    client.force_login(maker)
    answer = client.post(f"{URL}{option.uuid}/", {"stap": "concept"})
    draft = Activity.objects.get()
    assert answer.url == draft.get_absolute_url()
    assert (draft.status, draft.title, draft.place_text) == ("draft", MARK, "Buurthuis")
    assert [one.start for one in draft.moments.all()] == [evening()]
    assert not Option.objects.exists()


def test_maker_wipes_out_only_what_is_theirs(
    client: Client, city: City, maker: User, organisation: Organisation
) -> None:
    own, other = pencilled_in(organisation), pencilled_in(make.organisation())
    client.force_login(maker)
    assert client.post(f"{URL}{own.uuid}/", {"stap": "weg"}).status_code == 302
    for step in ("weg", "concept"):
        assert client.post(f"{URL}{other.uuid}/", {"stap": step}).status_code == 404
    assert list(Option.objects.all()) == [other]


def test_services_refuse_a_stranger(city: City, organisation: Organisation) -> None:
    option, stranger = pencilled_in(organisation), make.user()
    with pytest.raises(NotAllowed):
        services.wipe_out(option, by=stranger)
    with pytest.raises(NotAllowed):
        services.to_draft(option, by=stranger, now=make.NOW)
    with pytest.raises(NotAllowed):
        services.pencil_in(option, [], by=stranger, now=make.NOW)


def test_what_is_over_goes_by_itself(city: City, organisation: Organisation) -> None:
    today = timezone.localdate()
    pencilled_in(organisation, "Voorbij", expires_on=today - timedelta(days=2))
    stays = pencilled_in(organisation, "Blijft", expires_on=today + timedelta(days=1))
    assert list(Option.objects.open(today)) == [stays]
    erase_unconfirmed()
    assert list(Option.objects.all()) == [stays]


def test_page_asks_as_much_for_one_as_for_ten(
    client: Client,
    city: City,
    maker: User,
    organisation: Organisation,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(10):
        pencilled_in(make.organisation(), f"Bal {number}", venue=make.venue())
    client.force_login(maker)
    with django_assert_max_num_queries(16):
        client.get(URL)


# --- Who sees it -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [OrganisationKind.Part.SCHOOL, OrganisationKind.Part.BUSINESS])
def test_a_school_or_company_does_not_see_them(part: str, client: Client, city: City) -> None:
    kind = OrganisationKind.objects.create(city=city, code=part, name=part, part=part)
    user = make.user()
    make.organisation(member=user, kind=kind)
    client.force_login(user)
    assert client.get(URL).status_code == 403


def test_who_is_not_let_in_yet_does_not_see_them(client: Client, city: City) -> None:
    user = make.user()
    make.organisation(member=user, status=Organisation.Status.APPLIED)
    pencilled_in(make.organisation())
    client.force_login(user)
    answer = client.get(URL)
    assert answer.status_code == 403
    assert MARK not in answer.text


def test_pencil_of_a_suspended_organisation_is_gone(city: City) -> None:
    pencilled_in(make.organisation(status=Organisation.Status.SUSPENDED))
    assert not Option.objects.open(date(2000, 1, 1)).exists()
