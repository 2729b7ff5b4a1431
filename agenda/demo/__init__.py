"""The demo city's agenda: an invented year, sent, checked and released the way everybody's activities are.

Makers of the demo send, an editor of the demo decides, and the worker (or the sweeper) publishes; here is
only who does what, when. Repeating it changes nothing: every activity has a token of its own.
"""

import uuid
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
BATCH = (
    "dobbelive",
    uuid.UUID("0d0b0e0a-5f1e-4c1e-8a51-5e1f0b9f4c11"),
)  # sends all its waiting ones together
WITHOUT_ACCOUNT = {"nieuwjaarsconcert"}
REJECTED = {"nacht-van-de-cultuur"}
WITHDRAWN = {"straattheaterdag"}
PROPOSALS = {"popkoor-open-repetitie", "dans-65-plus-voorjaar"}
PROPOSAL = "Nieuw: na afloop is er koffie en taart."


@dataclass(frozen=True)
class Desk:
    """Who and when: what the city has, its editor, the clock, and the season that is being filled."""

    rows: entries.Rows
    editor: User
    now: datetime
    shift: timedelta

    def at(self, text: str | None, fallback: timedelta) -> datetime:
        """A moment of the scenario, but never later than `fallback` ago."""
        latest = self.now - fallback
        return min(moved(text, self.shift), latest) if text else latest

    def reason(self, use: str) -> Reason | None:
        return next((row for row in self.rows.of(Reason).values() if row.use == use), None)


def load(now: datetime) -> None:
    """This season and the next, in every status; at least 200 dates lie ahead on any day of the year."""
    rows = entries.Rows(City.objects.get(slug=settings.STAD))
    editor = User.objects.get(email=EDITOR)
    begin = date.fromisoformat(scenario()["meta"]["begin"])
    for shift in seasons(begin, now.date()):
        desk = Desk(rows, editor, now, shift)
        for entry in scenario()["activiteiten"]:
            enter(desk, entry)


def enter(desk: Desk, entry: Mapping[str, Any]) -> None:
    """One activity up to where the scenario says it stands; what no longer lies ahead is not left waiting."""
    activity = entries.activity(entry, desk.shift, desk.rows)
    dates = slots(entry["planning"], desk.shift)
    is_waiting = entry["status"] not in DECIDED
    if (is_waiting and dates[-1].start < desk.now) or Activity.objects.filter(token=activity.token).exists():
        return
    activity.when_text = sentence(dates)
    if entry["status"] == "ingepland" and dates[0].start > desk.now + EMBARGO:
        activity.publish_from = desk.now + EMBARGO
    if is_waiting and entry["organisatie"] == BATCH[0]:
        activity.batch = BATCH[1]
    maker = None if entry["id"] in WITHOUT_ACCOUNT else owner_of(activity)
    if maker is None:
        entries.without_account(activity, entry)
    made = submission.create(
        activity,
        sets=entries.sets(entry, desk.rows),
        slots=dates,
        by=maker,
        now=desk.at(entry["ingediend_op"], timedelta(hours=20)),
        is_submitted=entry["status"] != "concept",
    )
    decide(desk, entry, made)
    if maker:
        carry_on(desk, entry, made, maker)


def carry_on(desk: Desk, entry: Mapping[str, Any], activity: Activity, maker: User) -> None:
    """What its maker did afterwards: say that a date changed, or propose another text for what is live."""
    for said in entry["planning"]["uitvoeringen"]:
        change(desk, activity, said, maker)
    if entry["id"] in WITHDRAWN:
        submission.withdraw(activity, by=maker, now=desk.now - timedelta(minutes=100))
    if entry["id"] in PROPOSALS and activity.moments.filter(start__gt=desk.now).exists():
        activity.refresh_from_db()
        fields = {"description": f"{activity.description}\n\n{PROPOSAL}"}
        seen, now = activity.version, desk.now - timedelta(minutes=90)
        submission.save(activity, fields=fields, sets={}, slots=None, seen=seen, by=maker, now=now)
        submission.submit(activity, seen=activity.version, by=maker, now=now)


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
    if entry["id"] in REJECTED:
        reason = desk.reason(Reason.Use.REJECT)
        version, editor = activity.version, desk.editor
        moderation.reject(activity, version=version, reason=reason, text="", by=editor, now=when)
    elif entry["status"] in DECIDED:
        moderation.approve(activity, version=activity.version, by=desk.editor, now=when)
    elif entry["status"] == "terug_naar_partner":
        moderation.ask_changes(
            activity,
            version=activity.version,
            reason=desk.reason(Reason.Use.ASK),
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
        reason=desk.reason(Reason.Use.URGENT),
        start=moved(said["start"], desk.shift) if status == "moved" else None,
        by=maker,
        now=desk.now - timedelta(hours=1),
    )
