"""Next season's activities from last season's, all in one batch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction

from agenda import workflow
from agenda.models import Activity
from agenda.renewal import Proposal
from agenda.services import submission
from agenda.when import Slot, sentence
from partners.models import User

COPIED = (
    "city", "organisation", "sender_organisation", "summary", "description", "venue", "room", "place_text",
    "district", "kind", "reach", "age_from", "age_to", "price_kind", "price_note", "booking_url", "website",
    "language", "picture", "picture_alt", "has_picture_rights", "is_demo",
)  # fmt: skip


@dataclass(frozen=True)
class Renewed:
    """A proposal as its maker corrected it."""

    proposal: Proposal
    title: str
    slots: Sequence[Slot]
    price: Decimal | None


@transaction.atomic
def renew(rows: Iterable[Renewed], *, by: User, now: datetime, is_submitted: bool) -> list[Activity]:
    """Drafts of all `rows`, sent to the editors when `is_submitted`. Again makes nothing twice.

    NotAllowed when `by` may not do so for one of the organisations; then nothing is made.
    """
    batch = uuid4()
    return [_one(row, batch=batch, by=by, now=now, is_submitted=is_submitted) for row in rows]


def _one(row: Renewed, *, batch: UUID, by: User, now: datetime, is_submitted: bool) -> Activity:
    source = row.proposal.source
    copy = Activity(
        token=row.proposal.token,
        batch=batch,
        title=row.title,
        price=row.price,
        when_text=sentence(row.slots) or "",
        sender_name=by.name,
        accepted_terms_at=now if is_submitted else None,
        **{name: getattr(source, name) for name in COPIED},
    )
    sets = {name: list(getattr(source, name).all()) for name in submission.SETS}
    made = submission.create(copy, sets=sets, slots=row.slots, by=by, now=now, is_submitted=is_submitted)
    if is_submitted and made.status == workflow.DRAFT and made.slug is None:
        submission.submit(made, seen=made.version, by=by, now=now)
    return made
