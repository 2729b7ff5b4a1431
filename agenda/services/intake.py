"""Mail that comes in: it becomes a draft, never anything live; nothing that was meant for us is lost.

Two addresses: an organisation's own (`signatures.mail_address`) and the one to which editors forward what
others mailed them. Everybody else gets one kind answer a day, and nothing of theirs is kept.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from agenda import signatures
from agenda.imports import mail as reader
from agenda.imports import sandbox
from agenda.imports.base import Found
from agenda.imports.mail import Mail
from agenda.imports.written import columns, coming, when_text, written
from agenda.models import Activity, Letter, MailAddress, Picture
from agenda.services import answers, pictures, submission
from agenda.when import Slot
from agenda.when import read as read_when
from agenda.when.finding import gist
from cultuurportaal import limits
from cultuurportaal.workflow import NotAllowed
from partners.models import City, CityRole, Membership, Organisation, User
from partners.permissions import Person, may_edit_organisation

SECONDS, MOST_DRAFTS, MOST_CLAIMS, MOST_MAILS, HOUR = 30, 50, 5, 30, 3600
SALT = "agenda.intake"
INTAKE = "aanmelden"
DESK_ROLES = (CityRole.Role.EDITOR, CityRole.Role.ADMINISTRATOR)


class Outcome(StrEnum):
    """What became of one mail for one address."""

    KEPT = "kept"
    AGAIN = "again"
    LATER = "later"
    IGNORED = "ignored"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass
class Kept:
    """The drafts of one mail; `problems` are for its sender."""

    drafts: list[Activity] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read(raw: bytes) -> Mail:
    """`refused`: the child says that it cannot be read. Raises SubprocessError when the child fails."""
    done = subprocess.run(
        [sys.executable, "-m", "agenda.imports.mail"],
        input=raw,
        cwd=settings.BASE_DIR,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    return reader.load(json.loads(done.stdout))


def take_in(mail: Mail, *, to: str, envelope: str, now: datetime) -> Outcome:
    """One mail for one of our addresses; the same again changes nothing. `envelope` is its envelope sender.

    What machines write (bounces have no envelope sender) is ignored: an answer could come back for ever.
    """
    if mail.refused:
        return Outcome.UNREADABLE
    if not envelope or mail.is_automatic:
        return Outcome.IGNORED
    sender = mail.sender or envelope
    if organisation := signatures.mail_organisation(to):
        return _for_organisation(mail, organisation, sender, now)
    if to.partition("@")[0].lower() == INTAKE and (editor := _editor(sender)):
        return _forwarded(mail, editor, now)
    if not mail.is_bulk:
        answers.unknown(sender, city=City.objects.here(), now=now)
    return Outcome.UNKNOWN


@transaction.atomic
def renew_address(organisation: Organisation, *, by: Person, now: datetime) -> None:
    """From now on another address; mail to the old one is no longer theirs."""
    if not may_edit_organisation(by, organisation):
        raise NotAllowed("forbidden", step="renew")
    row, is_new = MailAddress.objects.select_for_update().get_or_create(
        organisation=organisation, defaults={"serial": 1, "renewed_at": now}
    )
    if not is_new:
        MailAddress.objects.filter(pk=row.pk).update(serial=row.serial + 1, renewed_at=now)


# --- Who ------------------------------------------------------------------------------------------------


def _editor(sender: str) -> User | None:
    """An editor by their address. It can be forged: what they forward is never more than a draft."""
    people = User.objects.filter(email__iexact=sender, is_active=True)
    return people.filter(city_roles__role__in=DESK_ROLES).first()


def _speaker(organisation: Organisation, sender: str) -> User | None:
    """Whose draft it is: of the member who mails, else of an owner, else of another member."""
    rows = Membership.objects.filter(organisation=organisation, user__is_active=True)
    members = list(rows.select_related("user"))
    members.sort(
        key=lambda one: (
            one.user.email.lower() != sender.lower(),
            one.role != Membership.Role.OWNER,
            one.pk,
        )
    )
    return members[0].user if members else None


@transaction.atomic
def _for_organisation(mail: Mail, organisation: Organisation, sender: str, now: datetime) -> Outcome:
    address = f"maker.{organisation.uuid}"
    if waits := _refusal(mail, address, "mail-in", str(organisation.pk)):
        return waits
    by = _speaker(organisation, sender)
    target = organisation if by else None
    fields = {} if by else {"sender_mail": sender, "sender_name": mail.name}
    fields |= {} if by else {"sender_organisation": organisation.name}
    kept = _keep(mail, address, target, by=by, fields=fields, now=now)
    _sign(kept, sender, mail.name, now)
    is_own = by is not None and by.email.lower() == sender.lower()
    if by is None:
        _ask_claim(kept, now)
    elif not is_own:
        answers.mailed_by_another(kept.drafts, organisation, sender=sender, now=now)
    if not mail.is_bulk:
        answers.mailed(kept.drafts, kept.problems, to=sender, is_own=is_own, now=now)
    return Outcome.KEPT


@transaction.atomic
def _forwarded(mail: Mail, editor: User, now: datetime) -> Outcome:
    """Of whoever wrote the original, when they say so by the link; else of the editor who forwards it."""
    if waits := _refusal(mail, INTAKE, "mail-in-desk", str(editor.pk)):
        return waits
    first = mail.first_sender if mail.first_sender.lower() != editor.email.lower() else ""
    fields = {"sender_mail": first, "sender_name": mail.first_name} if first else {"sender_name": editor.name}
    kept = _keep(mail, INTAKE, None, by=None if first else editor, fields=fields, now=now)
    _sign(kept, first or editor.email, mail.first_name if first else editor.name, now)
    asked = first if first and _ask_claim(kept, now) else ""
    answers.mailed(kept.drafts, kept.problems, to=editor.email, is_own=True, now=now, asked=asked)
    return Outcome.KEPT


def _refusal(mail: Mail, address: str, limit: str, who: str) -> Outcome | None:
    """AGAIN when it is kept already, LATER when many came this hour: its server keeps it until then."""
    if Activity.objects.filter(token=_token(_batch(mail, address), 0)).exists():
        return Outcome.AGAIN
    return None if limits.take(limit, who, most=MOST_MAILS, seconds=HOUR) else Outcome.LATER


def _batch(mail: Mail, address: str) -> UUID:
    return signatures.secret_uuid(SALT, f"{address}|{mail.number}")


def _token(batch: UUID, number: int) -> UUID:
    return signatures.secret_uuid(SALT, f"{batch}.{number}")


def _ask_claim(kept: Kept, now: datetime) -> bool:
    """The link with which the sender says that it is theirs, unless they got many already."""
    to = kept.drafts[0].sender_mail
    if not limits.take("claim-mail", to.lower(), most=MOST_CLAIMS, seconds=HOUR):
        return False
    answers.to_claim(kept.drafts, to=to, now=now)
    return True


def _sign(kept: Kept, sender: str, name: str, now: datetime) -> None:
    Letter.objects.bulk_create(
        Letter(activity=one, sender_mail=sender, sender_name=name, received_at=now) for one in kept.drafts
    )


# --- What -----------------------------------------------------------------------------------------------


def _keep(  # noqa: PLR0913 - all but the first three are named
    mail: Mail,
    address: str,
    organisation: Organisation | None,
    *,
    by: User | None,
    fields: dict[str, Any],
    now: datetime,
) -> Kept:
    """A draft of each activity in the mail, once for each address that it was sent to."""
    batch = _batch(mail, address)
    kept = Kept(problems=list(mail.left_out))
    city = organisation.city if organisation else City.objects.here()
    about = _from_calendars(mail, city, kept, now) or [_from_words(mail, now)]
    picture = _picture(mail, by, kept, now)
    for number, (said, slots) in enumerate(about[:MOST_DRAFTS]):
        activity = Activity(
            city=city,
            organisation=organisation,
            token=_token(batch, number),
            batch=batch if len(about) > 1 else None,
            note=mail.note,
            picture=picture,
            **said,
            **fields,
        )
        kept.drafts.append(
            submission.create(activity, sets={}, slots=slots, by=by, now=now, is_submitted=False)
        )
    return kept


def _from_words(mail: Mail, now: datetime) -> tuple[dict[str, Any], Sequence[Slot]]:
    """The words of the mail; a date that it does not say clearly stays a sentence for its maker."""
    when = gist(f"{mail.title}\n{mail.text}")
    reading = read_when(when, now=now) if when else None
    slots = coming(reading.slots, now) if reading and not reading.errors else []
    return {"title": mail.title, "description": mail.text, "when_text": " ".join(when.split())}, slots


def _from_calendars(
    mail: Mail, city: City, kept: Kept, now: datetime
) -> list[tuple[dict[str, Any], Sequence[Slot]]]:
    made: list[tuple[dict[str, Any], Sequence[Slot]]] = []
    seen: set[str] = set()
    for file in (one for one in mail.enclosures if one.kind == "ics"):
        findings = sandbox.read(file.content, now=now, content_type="text/calendar")
        usable = [one for one in findings.found if one.title and not one.is_cancelled and one.uid not in seen]
        seen |= {one.uid for one in usable}
        made += [_from_event(one, mail, city, now) for one in usable]
        if not usable:
            kept.problems.append(file.name or "agenda.ics")
    return made


def _from_event(found: Found, mail: Mail, city: City, now: datetime) -> tuple[dict[str, Any], Sequence[Slot]]:
    dates = coming(found.slots, now)
    said = {"description": mail.text, **columns(written(found, city, now=now), city)}
    said["when_text"] = when_text(dates, has_clock=found.has_clock)
    return said, dates if found.has_clock else ()


def _picture(mail: Mail, by: User | None, kept: Kept, now: datetime) -> Picture | None:
    """The largest poster that can be used; the others are named to the sender."""
    picture: Picture | None = None
    for file in (one for one in mail.enclosures if one.kind == "poster"):
        if picture is not None:
            kept.problems.append(file.name)
            continue
        try:
            upload = SimpleUploadedFile(file.name or "poster", file.content)
            picture = pictures.receive(upload, by=by, now=now)
        except pictures.PictureRefused:
            kept.problems.append(file.name)
    return picture
