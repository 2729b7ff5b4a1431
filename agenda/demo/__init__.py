"""The demo city's agenda: an invented year, sent, checked and released the way everybody's activities are.

Makers of the demo send, an editor of the demo decides, and the worker (or the sweeper) publishes; here is
only who does what, when. Repeating it changes nothing: every activity has a token of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from agenda.demo import entry as entries
from agenda.demo.season import moved, seasons, slots
from agenda.models import Activity
from agenda.services import moderation, submission, urgent
from agenda.when import sentence
from partners.demo import scenario
from partners.models import City, Membership, Reason, User

EDITOR = "redactie@demo.example"
STATUSES = {"geannuleerd": "cancelled", "uitverkocht": "sold_out", "verplaatst": "moved"}
DECIDED = {"gepubliceerd", "geannuleerd", "ingepland"}
EMBARGO = timedelta(days=6)


@dataclass(frozen=True)
class Desk:
    """Who and when: the city, its editor, the clock, and the season that is being filled."""

    city: City
    editor: User
    now: datetime
    shift: timedelta

    def at(self, text: str | None, fallback: timedelta) -> datetime:
        """A moment of the scenario, but never later than `fallback` ago."""
        latest = self.now - fallback
        return min(moved(text, self.shift), latest) if text else latest


def load(now: datetime) -> None:
    """This season and the next, in every status; at least 200 dates lie ahead on any day of the year."""
    city = City.objects.get(slug=settings.STAD)
    editor = User.objects.get(email=EDITOR)
    begin = date.fromisoformat(scenario()["meta"]["begin"])
    for shift in seasons(begin, now.date()):
        desk = Desk(city, editor, now, shift)
        for entry in scenario()["activiteiten"]:
            enter(desk, entry)


def enter(desk: Desk, entry: Mapping[str, Any]) -> None:
    """One activity up to where the scenario says it stands; what no longer lies ahead is not left waiting."""
    activity = entries.activity(entry, desk.shift, desk.city)
    dates = slots(entry["planning"], desk.shift)
    if Activity.objects.filter(token=activity.token).exists():
        return
    if entry["status"] not in DECIDED and dates[-1].start < desk.now:
        return
    activity.when_text = sentence(dates)
    if entry["status"] == "ingepland":
        activity.publish_from = desk.now + EMBARGO
    maker = owner_of(activity)
    made = submission.create(
        activity,
        sets=entries.sets(entry, desk.city),
        slots=dates,
        by=maker,
        now=desk.at(entry["ingediend_op"], timedelta(hours=20)),
        is_submitted=entry["status"] != "concept",
    )
    decide(desk, entry, made)
    for moment in entry["planning"]["uitvoeringen"]:
        change(desk, made, moment, maker)


def owner_of(activity: Activity) -> User:
    owner = Membership.Role.OWNER
    return User.objects.filter(
        memberships__organisation=activity.organisation, memberships__role=owner
    ).earliest("pk")


def decide(desk: Desk, entry: Mapping[str, Any], activity: Activity) -> None:
    """What the editor did with it; a trusted organisation's needs no decision."""
    when = desk.at(entry["publiceren_op"], timedelta(hours=2))
    if activity.status != Activity.Status.SUBMITTED:
        return
    if entry["status"] in DECIDED:
        moderation.approve(activity, version=activity.version, by=desk.editor, now=when)
    elif entry["status"] == "terug_naar_partner":
        moderation.ask_changes(
            activity,
            version=activity.version,
            reason=Reason.objects.filter(city=desk.city, use=Reason.Use.ASK).first(),
            text=entry["geschiedenis"][-1]["opmerking"],
            by=desk.editor,
            now=when,
        )


def change(desk: Desk, activity: Activity, said: Mapping[str, Any], maker: User) -> None:
    """A date that is cancelled, sold out or moved: the maker's own right."""
    status = STATUSES.get(said["status"])
    planned = moved(said.get("vorige_start") or said["start"], desk.shift)
    if status is None or planned < desk.now:
        return
    moment = activity.moments.filter(start=planned).first()
    if moment is None:
        return
    urgent.change_moment(
        moment,
        status=status,
        reason=Reason.objects.filter(city=desk.city, use=Reason.Use.URGENT).first(),
        start=moved(said["start"], desk.shift) if status == "moved" else None,
        by=maker,
        now=desk.now - timedelta(hours=1),
    )
