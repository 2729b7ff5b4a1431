"""A maker reads what happened to an activity."""

import pytest
from django.test import Client
from django.utils import timezone

from agenda.services import moderation, submission, urgent
from agenda.story import story
from partners.models import Organisation, User
from tests import make

pytestmark = pytest.mark.django_db


def words(activity: object) -> list[str]:
    return [event.words for event in story(activity)]  # type: ignore[arg-type]


def test_story_of_a_draft_is_its_beginning() -> None:
    assert words(make.activity("Koor")) == ["Begonnen"]


def test_question_of_the_editors_is_told(client: Client, maker: User, organisation: Organisation) -> None:
    sent = make.submitted("Koor", by=maker, organisation=organisation)
    moderation.ask_changes(
        sent, version=sent.version, reason=None, text="Hoe laat?", by=make.editor(), now=timezone.now()
    )
    sent.refresh_from_db()
    assert words(sent) == ["Begonnen", "Naar de redactie gestuurd", "De redactie stelde een vraag"]
    client.force_login(maker)
    page = client.get(sent.get_absolute_url()).text
    assert "Wat er gebeurde" in page
    assert "De redactie stelde een vraag" in page
    assert "redactie@demo.example" not in page


def test_what_was_outside_is_told_in_order(maker: User, organisation: Organisation) -> None:
    live = make.published("Koor", by=maker, organisation=organisation)
    urgent.change_moment(live.moments.get(), status="sold_out", reason=None, by=maker, now=timezone.now())
    submission.withdraw(live, by=maker, now=timezone.now())
    live.refresh_from_db()
    assert words(live)[-3:] == ["In de agenda gezet", "Spoedwijziging doorgegeven", "Uit de agenda gehaald"]
