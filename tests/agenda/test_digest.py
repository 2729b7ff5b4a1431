"""Editors hear of new work: at most once per working half-day, and never of nothing."""

from datetime import datetime, timedelta

import pytest

from agenda.document import AMSTERDAM
from agenda.models import Activity
from agenda.services.digest import half_day, send_digest
from agenda.tasks import editors_digest
from cultuurportaal.models import OutboxMail
from partners.models import DayOff
from tests import make

pytestmark = pytest.mark.django_db


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In the week of Monday 23 November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=AMSTERDAM)


def came_in(title: str, moment: datetime) -> Activity:
    activity = make.submitted(title)
    Activity.objects.filter(pk=activity.pk).update(
        submitted_at=moment, confirmed_at=moment, promised_at=moment + timedelta(days=1)
    )
    return activity


def digests() -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(key__startswith="editors-digest/").order_by("pk"))


@pytest.mark.parametrize(
    ("moment", "began"),
    [
        (at(23, 7, 59), None),
        (at(23, 8), at(23, 8)),
        (at(23, 11, 59), at(23, 8)),
        (at(23, 12), at(23, 12)),
        (at(23, 18), None),
        (at(28, 10), None),
        (at(29, 10), None),
    ],
)
def test_half_days_are_mornings_and_afternoons_of_working_days(
    moment: datetime, began: datetime | None
) -> None:
    assert half_day(make.city(), moment) == began


def test_public_holiday_is_no_working_day() -> None:
    DayOff.objects.create(name="Dag", first=at(23, 0).date(), last=at(23, 0).date(), kind=DayOff.Kind.HOLIDAY)
    assert half_day(make.city(), at(23, 10)) is None


def test_every_editor_gets_one_mail_with_what_came_in() -> None:
    editors = {make.user(role="editor").email for _ in range(2)}
    make.user(role="culture_base")
    activity = came_in("Klimaatkoor", at(23, 8, 30))
    assert send_digest(at(23, 9)) == 2
    mails = digests()
    assert {mail.to for mail in mails} == editors
    assert {mail.subject for mail in mails} == {"Nakijken: 1 nieuwe activiteit"}
    assert "Klimaatkoor" in mails[0].text
    assert f"/redactie/activiteiten/{activity.uuid}/" in mails[0].text
    assert "Beloofd vóór dinsdag 24 november, 08.30 uur" in mails[0].text


def test_at_most_one_mail_per_half_day_and_what_waited_comes_in_the_next() -> None:
    make.user(role="editor")
    came_in("Vroeg", at(23, 8, 30))
    assert send_digest(at(23, 9)) == 1
    came_in("Later", at(23, 9, 30))
    assert [send_digest(at(23, 9, 45)), send_digest(at(23, 11, 45))] == [0, 0]
    assert send_digest(at(23, 12, 15)) == 1
    assert ("Later" in digests()[-1].text, "Vroeg" in digests()[-1].text) == (True, False)


def test_nothing_new_is_no_mail() -> None:
    make.user(role="editor")
    assert send_digest(at(23, 9)) == 0
    came_in("Klimaatkoor", at(23, 8, 30))
    send_digest(at(23, 9))
    assert [send_digest(at(day, 13)) for day in (23, 24, 25)] == [0, 0, 0]
    assert len(digests()) == 1


def test_what_came_in_at_night_is_told_in_the_morning() -> None:
    make.user(role="editor")
    came_in("Nachtwerk", at(23, 2))
    assert [send_digest(at(23, hour)) for hour in (3, 7)] == [0, 0]
    assert send_digest(at(23, 8, 15)) == 1


def test_unconfirmed_work_is_told_when_it_is_confirmed() -> None:
    make.user(role="editor")
    came_in("Ander werk", at(23, 8, 10))
    activity = came_in("Klimaatkoor", at(23, 8))
    Activity.objects.filter(pk=activity.pk).update(confirmed_at=None)
    send_digest(at(23, 9))
    Activity.objects.filter(pk=activity.pk).update(confirmed_at=at(23, 10))
    send_digest(at(23, 12, 15))
    assert ["Klimaatkoor" in mail.text for mail in digests()] == [False, True]


def test_long_list_is_cut_with_the_number_that_is_left() -> None:
    make.user(role="editor")
    for number in range(12):
        came_in(f"Les {number}", at(23, 8, number))
    send_digest(at(23, 9))
    assert digests()[0].subject == "Nakijken: 12 nieuwe activiteiten"
    assert "En nog 2." in digests()[0].text
    assert digests()[0].text.count("/redactie/activiteiten/") == 10


def test_task_opens_the_service() -> None:
    make.city()
    editors_digest()
    assert digests() == []
