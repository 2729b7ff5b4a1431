"""Two people at the same moment, two hundred times over, on the real database: one wins, nothing is lost."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda import signatures, workflow
from agenda.models import Activity, Listing, Occurrence, Release
from agenda.services import moderation, publication, submission, urgent
from cultuurportaal.models import OutboxMail
from cultuurportaal.workflow import NotAllowed
from partners.models import User
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = range(200)
Outcome = object
Together = Callable[..., list[Outcome]]


class Crowd:
    """Threads with a database connection each, that start their calls at the same moment."""

    def __init__(self, size: int) -> None:
        self.pool = ThreadPoolExecutor(size)

    def together(self, *calls: Callable[[], Outcome]) -> list[Outcome]:
        """What each call gave, or the NotAllowed that it got."""
        barrier = threading.Barrier(len(calls))

        def run(call: Callable[[], Outcome]) -> Outcome:
            connection.ensure_connection()
            barrier.wait()
            try:
                return call()
            except NotAllowed as refusal:
                return refusal

        return [future.result() for future in [self.pool.submit(run, call) for call in calls]]

    def leave(self, size: int) -> None:
        self.together(*[lambda: connection.close()] * size)  # noqa: PLW0108 - the connection of that thread
        self.pool.shutdown()


@pytest.fixture
def together() -> Iterator[Together]:
    crowd = Crowd(4)
    yield crowd.together
    crowd.leave(4)


def waiting(sender: User, home: object) -> Activity:
    made = make.activity(sender=sender, organisation=home)
    submission.submit(made, seen=1, by=sender, now=timezone.now())
    return made


@pytest.fixture
def sender() -> User:
    return make.user(name="Sam")


@pytest.fixture
def home(sender: User) -> object:
    return make.organisation(member=sender)


def test_two_editors_at_once_one_wins(sender: User, home: object, together: Together) -> None:
    """F15: approve and reject, approve and approve."""
    one, two = make.editor(), make.user(role="editor")
    for number in ROUNDS:
        activity = waiting(sender, home)
        mine, yours = (Activity.objects.get(pk=activity.pk) for _copy in range(2))
        now = timezone.now()
        decided = {"version": 1, "by": two, "now": now}
        approve = partial(moderation.approve, yours, **decided)
        reject = partial(moderation.reject, yours, reason=None, text="Nee", **decided)
        outcomes = together(
            partial(moderation.approve, mine, version=1, by=one, now=now), approve if number % 2 else reject
        )
        lost = [one.reason for one in outcomes if isinstance(one, NotAllowed)]
        assert lost == ["already"]
        activity.refresh_from_db()
        assert activity.decided_by in {one, two}
        is_approved = activity.status == workflow.APPROVED
        assert activity.releases.count() == is_approved
        mails = OutboxMail.objects.filter(key__contains=str(activity.uuid)).exclude(key__contains="received")
        assert mails.count() == 1


def test_what_is_approved_is_what_the_editor_saw(sender: User, home: object, together: Together) -> None:
    """F16: the maker saves title, dates and labels while the editor approves version 1."""
    editor, won = make.editor(), set()
    for _round in ROUNDS:
        activity = waiting(sender, home)
        shown = activity.title
        mine, yours = (Activity.objects.get(pk=activity.pk) for _copy in range(2))
        now = timezone.now()
        words = {"fields": {"title": "Stiekem"}, "sets": {}, "slots": []}
        approved, saved = together(
            partial(moderation.approve, mine, version=1, by=editor, now=now),
            partial(submission.save, yours, **words, seen=1, by=sender, now=now),
        )
        assert not isinstance(saved, NotAllowed), "a maker may always edit"
        if isinstance(approved, Release):
            assert approved.snapshot["title"] == shown
            assert len(approved.snapshot["times"]) == 1
        else:
            assert isinstance(approved, NotAllowed)
            assert approved.reason in {"changed", "already"}
            assert not activity.releases.exists()
        won.add(type(approved).__name__)
    assert won >= {"Release"}


def test_withdrawn_is_never_public_after_the_answer(sender: User, home: object, together: Together) -> None:
    """F18: the withdrawal races the publication of the same activity."""
    editor, kinds = make.editor(), set()
    for number in ROUNDS:
        activity = waiting(sender, home)
        moment = timezone.now() - timedelta(minutes=1)
        release = moderation.approve(activity, version=1, by=editor, now=moment)
        mine = Activity.objects.get(pk=activity.pk)

        def withdraw_and_look(mine: Activity = mine, wait: float = number % 6 / 300) -> bool:
            time.sleep(wait)  # so that every order is met
            submission.withdraw(mine, by=sender, now=timezone.now())
            return Listing.objects.live().filter(uuid=mine.uuid).exists()

        published, is_seen = together(partial(publication.publish, release), withdraw_and_look)
        assert is_seen is False
        assert not Listing.objects.live().filter(uuid=activity.uuid).exists()
        assert not Occurrence.objects.public().filter(listing_id=activity.uuid).exists()
        assert not Release.objects.open().filter(activity=activity).exists()
        kinds.add(published)
    assert kinds == {True, False}, "both orders were met"


def test_same_release_by_four_workers_is_published_once(
    sender: User, home: object, together: Together
) -> None:
    """F05: fifty times by four at once."""
    activity = waiting(sender, home)
    moment = timezone.now() - timedelta(minutes=1)
    first = moderation.approve(activity, version=1, by=make.editor(), now=moment)
    publication.publish(first)
    submission.save(activity, fields={"title": "Anders"}, sets={}, slots=None, seen=1, by=sender, now=moment)
    submission.submit(activity, seen=2, by=sender, now=moment)
    release = moderation.approve(activity, version=2, by=make.editor(), now=moment)

    def many() -> int:
        return sum(publication.publish(release) for _time in range(50))

    assert sum(together(many, many, many, many)) == 1  # type: ignore[arg-type]
    release.refresh_from_db()
    assert (release.attempts, release.failed_at) == (1, None)
    assert Occurrence.objects.get().sequence == 1
    assert Listing.objects.get().change_number == 2
    assert OutboxMail.objects.filter(key__startswith=f"agenda.live.{activity.uuid}.2").count() == 1


def test_two_sweepers_publish_each_release_once_in_order(
    sender: User, home: object, together: Together
) -> None:
    """F07."""
    editor, moment = make.editor(), timezone.now() - timedelta(hours=1)
    for number in range(40):
        moderation.approve(
            waiting(sender, home), version=1, by=editor, now=moment + timedelta(seconds=number)
        )
    done = together(*[lambda: publication.sweep(timezone.now())] * 2)
    assert sum(done) == 40  # type: ignore[arg-type]
    rows = Release.objects.order_by("change_number")
    assert [row.change_number for row in rows] == list(range(1, 41))
    assert not Release.objects.exclude(attempts=1).exists()


def test_form_posted_twice_at_once_is_one_activity(sender: User, home: object, together: Together) -> None:
    """F25: the same token."""
    for _round in range(50):
        token = make.activity().uuid

        def post(token: object = token) -> Activity:
            made = Activity(city=make.city(), organisation=home, title="Een", place_text="Hier", token=token)
            return submission.create(
                made, sets={}, slots=[], by=sender, now=timezone.now(), is_submitted=False
            )

        one, two = together(post, post)
        assert one == two


def test_urgent_change_and_withdrawal_leave_nothing_open(
    sender: User, home: object, together: Together
) -> None:
    """Verbs that publish at once never wait for each other in a circle."""
    editor, moment = make.editor(), timezone.now() - timedelta(minutes=1)
    for _round in range(50):
        activity = waiting(sender, home)
        release = moderation.approve(activity, version=1, by=editor, now=moment)
        date, mine = activity.moments.get(), Activity.objects.get(pk=activity.pk)
        together(
            partial(publication.publish, release),
            partial(urgent.change_moment, date, status="cancelled", by=sender, now=timezone.now()),
            partial(submission.withdraw, mine, by=sender, now=timezone.now()),
            partial(moderation.undo, release, by=editor, now=timezone.now()),
        )
        assert not Release.objects.open().filter(activity=activity).exists()
        assert not Listing.objects.live().filter(uuid=activity.uuid).exists()


def test_four_presses_and_four_takings_back_at_once_make_one_release_each(together: Together) -> None:
    """A double click with a bad line: through the page, as a phone sends it."""
    activity = make.published(starts=[timezone.now() + timedelta(days=2)])
    line = reverse("agenda:urgent_line", args=[signatures.urgent_token(activity)])

    def press(**data: object) -> int:
        return Client().post(line, data).status_code

    for _round in range(10):
        assert together(*[partial(press, change="cancelled")] * 4) == [302] * 4
        made = activity.releases.latest("number")
        assert together(*[partial(press, ongedaan=made.uuid)] * 4) == [302] * 4
        caches["default"].clear()  # the limit of presses
    rules = list(activity.releases.order_by("number").values_list("rule", flat=True))
    assert rules == ["editor", *["urgent", "undone"] * 10]
