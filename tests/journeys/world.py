"""A city with everything that a page can meet: long words, many rows, every state, and nothing at all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from agenda.models import Activity
from agenda.services import moderation, submission
from agenda.signatures import address_of, link_token, recheck_token, urgent_token
from netwerk.models import Meeting
from partners.models import Organisation, User, Venue
from tests import make

MANY = 200
LONG = "Koorzangverenigingsjubileumvoorstelling " * 2
PROSE = "Dit is een lange tekst over een avond die nog veel langer duurt dan je denkt. " * 60
ROLES = ("editor", "broker", "culture_base", "administrator")


@dataclass
class World:
    maker: User
    home: Organisation
    place: Venue
    live: Activity
    series: Activity
    gone: Activity
    draft: Activity
    waiting: Activity
    asked: Activity
    rejected: Activity
    unlinked: Activity
    unconfirmed: Activity
    meeting: Meeting
    people: dict[str, User]

    @property
    def confirming(self) -> str:
        return link_token(self.unconfirmed)

    @property
    def urgent(self) -> str:
        return urgent_token(self.series)

    @property
    def recheck(self) -> str:
        return recheck_token(self.series, address_of(self.series))


def people() -> dict[str, User]:
    """One for each role in the city, and somebody who is new."""
    found = {role: make.user(f"{role}@walk.example", role=role, name=role.title()) for role in ROLES}
    found["editor"] = make.editor()
    found["newcomer"] = make.user("nieuw@walk.example")
    return found


def build(known: dict[str, User]) -> World:
    maker = make.user("maker@walk.example", name="Sam de Maker")
    home = make.organisation(LONG.strip(), owner=maker)
    place = make.venue(LONG.strip())
    own = {"by": maker, "organisation": home}
    text = {"summary": LONG * 2, "description": PROSE, "venue": place}
    days = [soon(day) for day in range(1, 41)]
    for number in range(MANY):
        make.activity(f"Concept {number}", organisation=home, sender=maker, starts=[soon(number + 1)])
    for number in range(40):
        make.published(f"Avond {number}", starts=[soon(1 + number // 10)], **own)
        make.submitted(f"Middag {number}", starts=[soon(1 + number // 10)], **own)
    series = make.published("Reeks", starts=days, **own)
    gone = make.published("Weg", starts=days[:1], **own)
    submission.withdraw(gone, by=maker, now=timezone.now())
    asked, rejected = (make.submitted(title, starts=days[:1], **own) for title in ("Vraag", "Nee"))
    words = {"reason": None, "text": PROSE[:480], "by": known["editor"], "now": timezone.now()}
    moderation.ask_changes(asked, version=asked.version, **words)
    moderation.reject(rejected, version=rejected.version, **words)
    unlinked, unconfirmed = (without_account(title) for title in ("Zonder", "Onbevestigd"))
    Activity.objects.filter(pk=unconfirmed.pk).update(confirmed_at=None, sender=None)
    unconfirmed.refresh_from_db()
    return World(
        maker=maker,
        home=home,
        place=place,
        live=make.published(LONG.strip(), starts=days[:1], **own, **text),
        series=series,
        gone=gone,
        draft=Activity.objects.get(title="Concept 0"),
        waiting=make.submitted(LONG.strip() + "!", starts=days, **own, **text, note=PROSE[:480]),
        asked=asked,
        rejected=rejected,
        unlinked=unlinked,
        unconfirmed=unconfirmed,
        meeting=make.meeting(LONG.strip(), is_public=True, start=soon(9), end=soon(9) + timedelta(hours=2)),
        people=known,
    )


def without_account(title: str) -> Activity:
    made = make.submitted(title, sender_organisation="Buurtkoor", starts=[soon(3)])
    Activity.objects.filter(pk=made.pk).update(organisation=None)
    return made


def soon(days: int) -> datetime:
    evening = timezone.localtime().replace(hour=20, minute=0, second=0, microsecond=0)
    return evening + timedelta(days=days)
