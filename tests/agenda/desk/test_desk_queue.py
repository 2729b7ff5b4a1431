"""The queue: what waits, in pages, under one number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agenda import workflow
from agenda.models import Activity, Release
from tests import make
from tests.agenda.desk.steps import text

pytestmark = pytest.mark.django_db


def test_queue_with_nothing_to_do_says_when_to_come_back(desk: Client) -> None:
    page = text(desk.get(reverse("agenda:queue")))
    assert "Alles nagekeken. Volgende controle:" in page
    assert "vóór 12.00 uur" in page


def test_queue_shows_the_promise_and_keeps_unconfirmed_apart(desk: Client) -> None:
    waiting = make.submitted("Klimaatkoor")
    unconfirmed = make.submitted("Zonder code")
    Activity.objects.filter(pk=unconfirmed.pk).update(confirmed_at=None)
    Activity.objects.filter(pk=waiting.pk).update(promised_at=timezone.now() + timedelta(days=3))
    response = desk.get(reverse("agenda:queue"))
    assert [row.title for row in response.context["rows"]] == ["Klimaatkoor"]
    assert [row.title for row in response.context["unconfirmed"]] == ["Zonder code"]


def test_queue_says_the_year_of_a_date_that_is_not_this_year(desk: Client) -> None:
    this_year = timezone.localtime().replace(month=12, day=31, hour=12)
    make.submitted("Straks", starts=[this_year])
    make.submitted("Later", starts=[this_year + timedelta(days=2)])
    shown = text(desk.get(reverse("agenda:queue")))
    assert f"2 jan {this_year.year + 1}" in shown
    assert "31 dec" in shown
    assert f"31 dec {this_year.year}" not in shown


def test_queue_filters_on_new_and_changed(desk: Client) -> None:
    make.submitted("Nieuw")
    changed = make.published("Gewijzigd")
    Activity.objects.filter(pk=changed.pk).update(status=workflow.SUBMITTED)
    shown = {
        choice: [row.title for row in desk.get(f"{reverse('agenda:queue')}?soort={choice}").context["rows"]]
        for choice in ("nieuw", "gewijzigd")
    }
    assert shown == {"nieuw": ["Nieuw"], "gewijzigd": ["Gewijzigd"]}


def many_waiting(number: int) -> None:
    owner, now = make.organisation(), timezone.now()
    Activity.objects.bulk_create(
        Activity(
            city=owner.city,
            organisation=owner,
            title=f"Les {one}",
            status=workflow.SUBMITTED,
            confirmed_at=now,
            promised_at=now + timedelta(days=2, minutes=one // 3),
        )
        for one in range(number)
    )


def test_queue_of_two_hundred_is_paged_without_loss(desk: Client) -> None:
    many_waiting(200)
    address, seen = reverse("agenda:queue"), []
    while address:
        context = desk.get(address).context
        seen += [row.title for row in context["rows"]]
        address = f"{reverse('agenda:queue')}?na={context['next_key']}" if context["next_key"] else ""
    assert seen == [f"Les {number}" for number in range(200)]


@pytest.mark.parametrize("query", ["na=x", "na=1.2.3", "na=%D9%A1", "soort=onzin", "gedaan=x"])
def test_queue_answers_any_address(desk: Client, query: str) -> None:
    make.submitted()
    assert desk.get(f"{reverse('agenda:queue')}?{query}").status_code == 200


def test_queue_asks_as_much_for_one_as_for_three_hundred(desk: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(reverse("agenda:queue"))
        return len(captured)

    make.submitted()
    one = count()
    for number in range(3):
        make.submitted(f"Nog {number}")
        make.approved(f"Goed {number}")
    three = count()
    many_waiting(300)
    assert (three, count()) == (one, one)


def test_failed_release_can_be_tried_again(desk: Client) -> None:
    release = make.approved("Klimaatkoor")
    Release.objects.filter(pk=release.pk).update(attempts=3, failed_at=timezone.now(), last_error="x")
    assert "het plaatsen ging mis" in text(desk.get(reverse("agenda:queue")))
    response = desk.post(reverse("agenda:retry", args=[release.uuid]), follow=True)
    assert "“Klimaatkoor” staat in de agenda." in text(response)
    release.refresh_from_db()
    assert release.published_at is not None
