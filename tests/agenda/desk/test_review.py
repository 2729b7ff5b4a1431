"""One activity at the desk, and what is looked at afterwards."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agenda import signatures
from agenda.models import Activity
from agenda.services import submission, urgent
from tests import make
from tests.agenda.desk.steps import review, save, text, without_organisation
from tests.partners.signing_in import signed_in

pytestmark = pytest.mark.django_db


def test_review_of_a_new_activity_shows_all_of_it(desk: Client) -> None:
    page = text(desk.get(review(make.submitted("Klimaatkoor", summary="Kom zingen"))))
    assert {words for words in ("Alles is nieuw", "Kom zingen", "Nog nooit geplaatst") if words in page} == {
        "Alles is nieuw",
        "Kom zingen",
        "Nog nooit geplaatst",
    }


def test_review_of_a_change_shows_only_what_changed(desk: Client) -> None:
    activity = make.published("Klimaatkoor", summary="Kom zingen")
    editor = make.editor()
    save(activity, by=editor, fields={"summary": "Kom mee zingen"})
    submission.submit(activity, seen=activity.version, by=editor, now=timezone.now())
    response = desk.get(review(activity))
    assert [change.field for change in response.context["changes"].fields] == ["summary"]
    assert "1 ding gewijzigd" in text(response)


def test_review_before_an_organisation_is_linked(desk: Client) -> None:
    activity = without_organisation()
    page = text(desk.get(review(activity)))
    assert "Nog geen organisatie gekoppeld" in page
    assert "De inzender schreef: Buurtkoor" in page


def test_review_that_is_not_there_is_a_404(desk: Client) -> None:
    assert desk.get(reverse("agenda:review", args=[uuid4()])).status_code == 404


def test_review_warns_of_the_same_day_in_the_same_place(desk: Client) -> None:
    make.submitted("Klimaatkoor zingt")
    make.submitted("Ergens anders", place_text="De Schuur")
    twins = desk.get(review(make.submitted("Klimaatkoor zingt!"))).context["twins"]
    assert [(twin.activity.title, twin.is_likely) for twin in twins] == [("Klimaatkoor zingt", True)]


def test_urgent_changes_are_listed_to_look_at_afterwards(desk: Client) -> None:
    activity = make.published("Concert")
    urgent.change_moment(
        activity.moments.get(), status="sold_out", reason=None, by=activity.sender, now=timezone.now()
    )
    response = desk.get(reverse("agenda:queue"))
    assert [release.kind for release in response.context["urgent"]] == ["urgent"]
    assert "Wat veranderde" in text(desk.get(review(activity)))


def test_what_a_mailed_link_did_and_took_back_is_listed_with_its_rule(desk: Client) -> None:
    activity = make.published("Concert", starts=[timezone.now() + timedelta(days=1)])
    line = reverse("agenda:urgent_line", args=[signatures.urgent_token(activity)])
    Client().post(line, {"change": "cancelled"})
    Client().post(line, {"ongedaan": activity.releases.get(rule="urgent").uuid})
    words = text(desk.get(reverse("agenda:queue")))
    assert "Concert recht van de maker" in words
    assert "Concert teruggezet door de maker" in words
    assert str(activity.sender) in text(desk.get(review(activity)))


def test_history_names_every_release_with_its_editor(desk: Client) -> None:
    activity = make.published("Concert")
    page = text(desk.get(review(activity)))
    assert re.search(r"publicatie , \S+@demo.example \( ?redactie, staat in de agenda ?\)", page)


def test_review_asks_as_much_with_one_date_as_with_thirty(desk: Client) -> None:
    def count(activity: Activity) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(review(activity)).status_code == 200
        return len(captured)

    one = make.submitted("Eén keer")
    many = make.submitted("Vaak", starts=[timezone.now() + timedelta(days=day) for day in range(1, 31)])
    assert count(one) == count(many)


def test_series_is_one_row_of_the_queue_and_folds_its_dates(desk: Client) -> None:
    many = make.submitted("Vaak", starts=[timezone.now() + timedelta(days=day) for day in range(1, 31)])
    assert "30 keer" in text(desk.get(reverse("agenda:queue")))
    assert "Alle 30 datums" in text(desk.get(review(many)))


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_draft_can_be_read_but_offers_no_decision(role: str) -> None:
    client = signed_in(make.user(role=role))
    response = client.get(review(make.activity("Nog niet klaar")))
    assert response.status_code == 200
    assert "Goed, volgende" not in text(response)
