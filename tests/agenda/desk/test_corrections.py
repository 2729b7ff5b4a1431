"""An editor puts something right."""

from typing import Any

import pytest
from django.test import Client

from agenda import workflow
from agenda.models import Activity
from tests import make
from tests.agenda.desk.steps import review, save, text

pytestmark = pytest.mark.django_db


def correction(activity: Activity, **data: Any) -> dict[str, Any]:
    return {"version": activity.version, "title": activity.title, "kind": activity.kind.code, **data}


def test_editor_puts_a_title_right_and_it_keeps_waiting(desk: Client) -> None:
    activity = make.submitted("klimaatkor")
    response = desk.post(review(activity, "correct"), correction(activity, title="Klimaatkoor"))
    assert response["Location"] == review(activity)
    before = activity.version
    activity.refresh_from_db()
    assert (activity.title, activity.status, activity.version) == (
        "Klimaatkoor",
        workflow.SUBMITTED,
        before + 1,
    )


def test_stale_correction_keeps_what_was_typed_and_shows_what_stands_there(desk: Client) -> None:
    activity = make.submitted("Klimaatkoor")
    data = correction(activity, title="Mijn titel")
    save(activity, by=activity.sender, fields={"title": "Hun titel"})
    response = desk.post(review(activity, "correct"), data)
    activity.refresh_from_db()
    assert (response.status_code, activity.title) == (409, "Hun titel")
    assert response.context["theirs"] == [("Titel", "Hun titel")]
    assert 'value="Mijn titel"' in response.content.decode()
    assert desk.post(review(activity, "correct"), {**data, "version": activity.version}).status_code == 302


def test_correction_without_a_title_says_so(desk: Client) -> None:
    activity = make.submitted()
    assert "Vul in wat er te doen is" in text(
        desk.post(review(activity, "correct"), correction(activity, title=""))
    )
