"""A spreadsheet becomes drafts, and every row is accounted for."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agenda.imports.turn import turn
from agenda.models import Activity
from partners.models import Organisation, User
from tests import make
from tests.agenda.tables import CASES, GOOD, HEADER, Case, text

pytestmark = pytest.mark.django_db
URL = "/toevoegen/lijst/"


@pytest.fixture
def desk(client: Client, maker: User, organisation: Organisation) -> Client:
    client.force_login(maker)
    return client


def send(client: Client, content: bytes, name: str = "lijst.csv") -> Any:
    slug = Organisation.objects.get(name="Popkoor").slug
    data = {"organisation": slug, "file": SimpleUploadedFile(name, content)}
    return client.post(URL, data, follow=True)


def faults_of(client: Client, address: str) -> list[list[str]]:
    text = client.get(f"{address}fouten.csv").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_there_are_forty_of_which_half_is_broken() -> None:
    assert len(CASES) == 40
    assert sum(1 for case in CASES if case.bad or case.says) >= 20


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_row_is_accounted_for(desk: Client, case: Case) -> None:
    page = send(desk, case.content)
    if case.says:
        assert page.status_code == 422
        assert case.says in page.text
        return
    context = page.context
    assert (context["good"], context["bad"], context["table"].left_out) == (
        case.good,
        case.bad,
        case.left_out,
    )
    address = page.request["PATH_INFO"]
    faults = faults_of(desk, address)
    assert len(faults) == case.bad + 1
    assert all(row[-1] for row in faults)
    desk.post(address)
    assert Activity.objects.count() == case.good
    assert not Activity.objects.exclude(status="draft").exists()


def test_rows_become_drafts_of_the_organisation_in_one_batch(
    desk: Client, organisation: Organisation, maker: User
) -> None:
    page = send(desk, text(HEADER, GOOD, GOOD.replace("Koor zingt", "Orkest").replace("7,50", "gratis")))
    address = page.request["PATH_INFO"]
    assert "Maak 2 concepten" in page.text
    assert desk.post(address).url == "/mijn/"
    desk.post(address)
    one, two = Activity.objects.order_by("title")
    assert (one.title, str(one.price), one.price_kind, one.place_text) == (
        "Koor zingt",
        "7.50",
        "paid",
        "Buurthuis",
    )
    assert (two.title, two.price_kind) == ("Orkest", "free")
    assert one.batch == two.batch
    assert (one.organisation, one.sender, one.moments.count()) == (organisation, maker, 1)


def test_columns_that_are_not_used_are_said(desk: Client) -> None:
    page = send(desk, text(f"{HEADER};Zaalhuur", f"{GOOD};300"))
    assert "Deze kolommen gebruiken we niet: Zaalhuur" in page.text


def test_file_of_faults_holds_no_formulas(desk: Client) -> None:
    page = send(desk, text(HEADER, "=1+1;geen dag;-2;@x"))
    faults = desk.get(f"{page.request['PATH_INFO']}fouten.csv")
    assert faults["Content-Disposition"] == 'attachment; filename="nog-niet-gelukt.csv"'
    row = faults_of(desk, page.request["PATH_INFO"])[1]
    assert row[:4] == ["'=1+1", "geen dag", "'-2", "'@x"]
    assert "Wanneer is het?" in row[4]


def test_list_of_another_is_not_there(desk: Client) -> None:
    address = send(desk, text(HEADER, GOOD)).request["PATH_INFO"]
    desk.force_login(make.user("ander@demo.example"))
    for answer in (desk.get(address), desk.post(address), desk.get(f"{address}fouten.csv")):
        assert answer.status_code == 404
    assert not Activity.objects.exists()


def test_member_who_left_can_take_over_nothing(desk: Client, maker: User) -> None:
    address = send(desk, text(HEADER, GOOD)).request["PATH_INFO"]
    maker.memberships.all().delete()
    assert desk.post(address).status_code == 404
    assert not Activity.objects.exists()


def test_somebody_without_an_organisation_reads_why_not(client: Client) -> None:
    make.city()
    client.force_login(make.user("los@demo.example"))
    page = client.get(URL)
    assert "Dit kan als je bij een organisatie hoort." in page.text
    assert client.post(URL, {}).status_code == 200


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "Dit bestand is leeg"), (b"x" * (5 * 1024 * 1024 + 1), "te groot")]
)
def test_size_of_a_file_is_said(desk: Client, content: bytes, says: str) -> None:
    assert says in send(desk, content).text


def test_form_without_a_file_says_so(desk: Client) -> None:
    page = desk.post(URL, {"organisation": "onbekend"})
    assert page.status_code == 422
    assert "Kies een bestand" in page.text
    assert "Kies een organisatie uit de lijst" in page.text


def test_list_is_offered_where_makers_are(desk: Client) -> None:
    assert reverse("agenda:table") in desk.get("/mijn/").text


def test_while_another_source_is_read_a_list_waits(desk: Client) -> None:
    with turn():
        page = send(desk, CASES[0].content)
    assert (page.status_code, "Wacht even" in page.text) == (429, True)
