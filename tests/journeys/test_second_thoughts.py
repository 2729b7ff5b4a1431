"""Somebody changes their mind: an editor within the hold, a maker before and after it is in the agenda."""

from uuid import UUID

import pytest
from django.conf import settings
from django.utils import timezone

from agenda.models import Activity, Release
from partners.models import User
from tests import make, running
from tests.journeys.outside import Outside, watching
from tests.journeys.people import Editor, Maker
from tests.journeys.test_main_job import SOON

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "Klimaatkoor zingt", "Sneeuwballet danst"


@pytest.fixture
def sam(maker: Maker, editor: Editor) -> User:
    """Maker and editor are at their desks."""
    user = make.user(maker.mail, name="Sam")
    maker.is_signed_in(user)
    editor.is_signed_in()
    return user


def outside(maker: Maker, title: str) -> Outside:
    return Outside(maker.site, title, maker.activity.slug)


def has(maker: Maker, activity: Activity) -> None:
    maker.uuid = UUID(str(activity.uuid))


def test_undone_approval_is_never_public_and_the_answer_to_a_question_is(
    maker: Maker, editor: Editor, sam: User
) -> None:
    has(maker, make.submitted(OLD, by=sam))
    with watching(outside(maker, OLD)) as seen:
        editor.find(OLD)
        editor.approve(OLD)
        editor.undo()
        editor.ask("Is het niet een ballet?")
        maker.edit(title=NEW)
        editor.find(NEW)
        editor.approve(NEW)
        running.until(outside(maker, NEW).is_everywhere, "not everywhere", settings.HOLD_SECONDS + SOON)
    assert seen == []
    voided, public = Release.objects.order_by("number")
    assert voided.voided_at
    assert public.published_at - voided.publish_at > timezone.timedelta(0)
    maker.post.wait_for(maker.mail, f"In de agenda: {NEW}")
    assert not [one for one in maker.post.to(maker.mail) if one.subject == f"In de agenda: {OLD}"]


def test_edit_of_what_is_live_waits_and_a_cancelled_date_does_not(
    maker: Maker, editor: Editor, sam: User
) -> None:
    """The urgent change carries nothing of the text that still waits for an editor."""
    has(maker, make.published(OLD, by=sam))
    old, new = outside(maker, OLD), outside(maker, NEW)
    running.until(old.is_everywhere, "not everywhere", SOON)
    known = old.events()
    with watching(new) as seen:
        maker.edit(title=NEW)
        assert old.is_everywhere()
        maker.cancel_first_date()
        running.until(lambda: "Gaat niet door" in old.own_page()[1], "not cancelled on its page", SOON)
        running.until(lambda: set(old.events().values()) == {"CANCELLED"}, "nor in the feed", SOON)
        assert set(old.events()) == set(known)
        editor.find(NEW)
    assert seen == []
    editor.approve(NEW)
    running.until(lambda: set(new.events()) == set(known), "not in the feed", settings.HOLD_SECONDS + SOON)
    running.until(lambda: NEW in new.own_page()[1], "not on its page", SOON)
    assert set(new.events().values()) == {"CANCELLED"}
