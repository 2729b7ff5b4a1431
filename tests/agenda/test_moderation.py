"""Editors let through, undo, ask and reject; each decision has one winner."""

from datetime import timedelta

import pytest

from agenda import workflow
from agenda.models import Listing
from agenda.services import moderation
from tests import make

pytestmark = pytest.mark.django_db


def test_approve_freezes_the_text_and_waits_for_the_hold() -> None:
    waiting = make.submitted("Open repetitie")
    release = moderation.approve(waiting, version=waiting.version, by=make.editor(), now=make.NOW)
    assert waiting.status == workflow.APPROVED
    assert waiting.slug == "open-repetitie"
    assert (release.number, release.kind, release.rule) == (1, "publish", "editor")
    assert release.publish_at == make.NOW + timedelta(seconds=10)
    assert release.snapshot["title"] == "Open repetitie"
    assert not Listing.objects.exists()


def test_published_activity_stands_in_the_window() -> None:
    activity = make.published("Open repetitie")
    listing = Listing.objects.get(uuid=activity.uuid)
    assert listing.title == "Open repetitie"
    assert [row.is_listed for row in listing.occurrences.all()] == [True]
    assert set(listing.fragments) == {"nl", "en"}
