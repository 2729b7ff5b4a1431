"""What people hear about mail that came in: rows in the mail outbox, in the transaction that keeps it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

from django.db import transaction

from agenda import signatures
from agenda.models import Activity
from agenda.tasks import send_mail
from cultuurportaal.mail import queue_mail
from cultuurportaal.nudge import nudge
from partners.models import City, Organisation
from partners.notifications import address, tell_owners


def mailed(  # noqa: PLR0913 - all but the first two are named
    drafts: Sequence[Activity],
    problems: Sequence[str],
    *,
    to: str,
    is_own: bool,
    now: datetime,
    asked: str = "",
) -> None:
    """Whoever mailed hears that it arrived; only `is_own` gets links, and others hear it once a day.

    `asked` got the claim link.
    """
    first = drafts[0]
    _queue_intake(
        "mailed",
        first,
        to,
        {"drafts": drafts, "problems": problems, "is_own": is_own, "asked": asked},
        now=now,
        key="" if is_own else _daily(to, now),
    )


def mailed_by_another(
    drafts: Sequence[Activity], organisation: Organisation, *, sender: str, now: datetime
) -> None:
    """The owners hear, at most once an hour, that somebody who is no member mailed to their address."""
    words = {"drafts": drafts, "sender": sender, "page": address("agenda:mine")}
    tell_owners(organisation, "agenda/mailed_by_another", words, now=now, once=f"{now:%Y%m%d%H}")


def to_claim(drafts: Sequence[Activity], *, to: str, now: datetime) -> None:
    """The link with which a sender without an account says that it is theirs; one for each draft."""
    links = [(one, address("agenda:confirm", signatures.link_token(one))) for one in drafts]
    _queue_intake("mail_to_claim", drafts[0], to, {"links": links}, now=now)


def unknown(sender: str, *, city: City, now: datetime) -> None:
    """Once a day for each sender: this address is nobody's, and how it can be done."""
    queue_mail(
        key=f"agenda.mail_unknown.{_daily(sender, now)}",
        to=sender,
        template="agenda/mail_unknown",
        context={"city": city, "page": address("agenda:submit")},
        now=now,
        reply_to=city.mail,
    )
    transaction.on_commit(partial(nudge, send_mail))


def _daily(sender: str, now: datetime) -> str:
    return f"{sha256(sender.lower().encode()).hexdigest()[:32]}.{now:%Y%m%d}"


def _queue_intake(  # noqa: PLR0913 - all but the first four are named
    step: str, first: Activity, to: str, words: dict[str, Any], *, now: datetime, key: str = ""
) -> None:
    queue_mail(
        key=f"agenda.{step}.{key or first.uuid}",
        to=to,
        template=f"agenda/{step}",
        context={"activity": first, "city": first.city, "mine": address("agenda:mine"), **words},
        now=now,
        reply_to=first.city.mail,
    )
    transaction.on_commit(partial(nudge, send_mail))
