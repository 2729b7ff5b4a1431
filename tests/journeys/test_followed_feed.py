"""A maker gives the address of their calendar; a worker on a real broker reads it and drafts appear."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from agenda.models import Activity, Source
from agenda.services import sources
from tests import make, running
from tests.cultuurportaal.web import page, serving


def event(uid: str, title: str) -> str:
    day = f"{timezone.localtime() + timedelta(days=9):%Y%m%d}"
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{title}\r\nDTSTART:{day}T190000Z\r\nEND:VEVENT\r\n"


@pytest.mark.django_db(transaction=True)
def test_feed_is_read_by_a_worker_as_soon_as_it_is_added() -> None:
    owner = make.user()
    organisation = make.organisation("Popkoor", owner=owner)
    body = (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event('a', 'Concert')}{event('b', 'Repetitie')}END:VCALENDAR\r\n"
    )
    with serving(page(body.encode(), "text/calendar")) as (origin, _heads):
        host = origin.removeprefix("http://")
        running.empty_queue()
        with (
            override_settings(IMPORT_TOEGESTANE_HOSTS=[host]),
            running.process(*running.WORKER, ready="ready.", IMPORT_TOEGESTANE_HOSTS=host),
        ):
            sources.add(organisation, url=f"{origin}/koor.ics", by=owner, now=timezone.now())
            running.until(Source.objects.exclude(worked_at=None).exists, "the feed was not read")
    found = Activity.objects.order_by("title")
    assert [(one.title, one.status, one.organisation) for one in found] == [
        ("Concert", "draft", organisation),
        ("Repetitie", "draft", organisation),
    ]
