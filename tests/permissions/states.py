"""The things of the permission table in the states of the table."""

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.utils import timezone
from PIL import Image

from agenda.models import Activity, Picture, Source
from agenda.services import moderation, pictures, submission
from agenda.services.urgent import change_moment
from netwerk.models import Meeting
from partners.models import Organisation
from tests import make
from tests.permissions.world import World, meeting, soon

TITLE = "Kwartslagmuziek"
PROPOSED = "Halveslagmuziek"
WORD = "zandkorrelklank"
QUESTION = "Hoe laat gaat de achterdeur open?"
Made = Callable[..., Any]


def draft(world: World, **fields: Any) -> Activity:
    fields = {"organisation": world.own, "sender": world.users["member_own"], **_about(world), **fields}
    return make.activity(fields.pop("title", TITLE), **fields)


def _about(world: World) -> dict[str, Any]:
    return {
        "starts": [soon()],
        "summary": f"{TITLE} in één zin",
        "description": f"Met {WORD}.",
        "venue": world.venue,
    }


def sent(world: World, **fields: Any) -> Activity:
    return _of_own(world, make.submitted, **fields)


def _of_own(world: World, made: Made, **fields: Any) -> Activity:
    by = world.users["member_own"]
    found: Activity = made(TITLE, by=by, organisation=world.own, **{**_about(world), **fields})
    return found


def published(world: World, **fields: Any) -> Activity:
    return _of_own(world, make.published, **fields)


def _answered(world: World, step: Made) -> Activity:
    found = sent(world)
    step(
        found,
        version=found.version,
        reason=None,
        text=QUESTION,
        by=world.users["editor"],
        now=timezone.now(),
    )
    return found


def asked(world: World) -> Activity:
    return _answered(world, moderation.ask_changes)


def embargoed(world: World) -> Activity:
    found = sent(world, publish_from=soon(3))
    moderation.approve(found, version=found.version, by=world.users["editor"], now=timezone.now())
    return found


def changed(world: World) -> Activity:
    """Live, with another title that waits for an editor."""
    found, by = published(world), world.users["member_own"]
    submission.save(
        found,
        fields={"title": PROPOSED, "accepted_terms_at": timezone.now()},
        sets={},
        slots=None,
        seen=found.version,
        by=by,
        now=timezone.now(),
    )
    return submission.submit(found, seen=found.version, by=by, now=timezone.now())


def edited_while_waiting(world: World) -> Activity:
    found = sent(world)
    submission.save(
        found,
        fields={"summary": "Toch anders"},
        sets={},
        slots=None,
        seen=found.version,
        by=world.users["member_own"],
        now=timezone.now(),
    )
    return found


def cancelled(world: World) -> Activity:
    found = published(world)
    now = timezone.now()
    change_moment(found.moments.get(), status="cancelled", by=world.users["member_own"], now=now)
    return found


def withdrawn(world: World) -> Activity:
    found = published(world)
    submission.withdraw(found, by=world.users["member_own"], now=timezone.now())
    return found


def unlinked(world: World, **fields: Any) -> Activity:
    """Sent without an account by somebody whom we know as member_own; of no organisation yet."""
    found = draft(world, sender_organisation="Koor", status="submitted", **fields)
    Activity.objects.filter(pk=found.pk).update(organisation=None)
    found.refresh_from_db()
    return found


def photo() -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(buffer, "JPEG")
    return SimpleUploadedFile("foto.jpg", buffer.getvalue(), "image/jpeg")


def picture(world: World, by: str = "member_own") -> Picture:
    """Taken in, with renditions."""
    found = pictures.receive(photo(), by=world.users[by], now=timezone.now())
    pictures.render(str(found.uuid))
    found.refresh_from_db()
    return found


WITH_PICTURE = {"picture_alt": "Een koor zingt", "has_picture_rights": True}


def pictured(world: World, made: Made = published) -> Activity:
    found: Activity = made(world, picture=picture(world), **WITH_PICTURE)
    return found


def organisation(status: str) -> Callable[[World], Organisation]:
    def made(world: World) -> Organisation:
        Organisation.objects.filter(pk=world.own.pk).update(status=status)
        return Organisation.objects.get(pk=world.own.pk)

    return made


def source_of(organisation: Organisation) -> Source:
    """A feed at an address that is refused at once: no test waits for a site."""
    return Source.objects.create(
        organisation=organisation,
        kind=Source.Kind.FEED,
        name="Agenda van het koor",
        url=f"https://127.0.0.1/{uuid4()}.ics",
        added_at=timezone.now(),
    )


def gathering(**fields: Any) -> Callable[[World], Meeting]:
    return lambda world: meeting(world, **fields)


ACTIVITY: dict[str, Callable[[World], Activity]] = {
    "concept": draft,
    "ingediend": sent,
    "aanpassing_gevraagd": asked,
    "afgewezen": lambda world: _answered(world, moderation.reject),
    "gepland_embargo": embargoed,
    "gepubliceerd": published,
    "gepubliceerd_wijziging_in_behandeling": changed,
    "afgelast": cancelled,
    "ingetrokken": withdrawn,
    "alle": sent,
}
STATES: dict[str, dict[str, Callable[[World], Any]]] = {
    "activiteit": ACTIVITY,
    "partner": {
        "actief": organisation("active"),
        "aangemeld_niet_goedgekeurd": organisation("applied"),
        "geschorst": organisation("suspended"),
    },
    "locatie": {"actief": lambda world: world.venue},
    "beeld": {"bij_gepubliceerd": pictured, "alle": draft},
    "netwerkbijeenkomst": {
        "openbaar": gathering(is_public=True),
        "besloten": gathering(kind="business"),
        "concept": gathering(status="draft"),
    },
    "feed": {"publiek": published},
    "importbron": {"actief": lambda world: source_of(world.own)},
}
SPECIAL: dict[str, Callable[[World], Any]] = {
    "activiteit.alle.indienen": draft,
    "activiteit.alle.oude_versie_goedkeuren_na_wijziging": edited_while_waiting,
    "activiteit.alle.organisatie_wijzigen_eigenaar": unlinked,
    "activiteit.alle.notitie_moderator_aan_partner_lezen": asked,
    "partner.actief.goedkeuren": organisation("applied"),
    "beeld.alle.verwijderen_bij_eigen": lambda world: pictured(world, draft),
    "netwerkbijeenkomst.openbaar.aanmaken": gathering(status="draft"),
}


def thing(world: World, group: str) -> Model | None:
    """What a group of cells is about, as it stands in the database."""
    subject, state, _action = group.split(".", 2)
    made = SPECIAL.get(group) or STATES.get(subject, {}).get(state)
    return made(world) if made else None


__all__ = ["PROPOSED", "QUESTION", "STATES", "TITLE", "WORD", "photo", "thing"]
