"""What people hear about their organisation: rows in the mail outbox, in the transaction that causes them."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from cultuurportaal.mail import queue_mail
from partners.models import Claim, Invitation, Membership, Organisation, User


def invited(invitation: Invitation, token: str, *, now: datetime) -> None:
    """The link stands in this mail and nowhere else."""
    organisation = invitation.organisation
    queue_mail(
        key=f"partners.invited.{invitation.pk}",
        to=invitation.email,
        template="partners/invited",
        context={
            "organisation": organisation,
            "city": organisation.city,
            "page": address("partners:invitation", token),
            "until": invitation.expires_at,
        },
        now=now,
        reply_to=organisation.city.mail,
    )


def members_changed(  # noqa: PLR0913 - all but the first two are named
    organisation: Organisation, step: str, *, who: str, role: str, by: User | None, now: datetime
) -> None:
    """Every owner hears who was invited, came, became something else or left, and by whom."""
    tell_owners(
        organisation,
        "partners/members_changed",
        {"step": step, "who": who, "role": Membership.Role(role).label, "by": by},
        now=now,
    )


def removed(user: User, organisation: Organisation, *, now: datetime) -> None:
    """Somebody else ended their membership."""
    queue_mail(
        key=f"partners.removed.{uuid4()}",
        to=user.email,
        template="partners/removed",
        context={"organisation": organisation, "city": organisation.city},
        now=now,
        reply_to=organisation.city.mail,
    )


def claim_to_confirm(claim: Claim, token: str, *, now: datetime) -> None:
    """Whoever asks shows that they read mail at this address."""
    _about_claim("claim_to_confirm", claim, address("partners:confirm_claim", token), now=now)


def claimed(claim: Claim, *, now: datetime) -> None:
    """The owners hear who says that it is theirs, and can say no before an editor decides."""
    tell_owners(claim.organisation, "partners/claimed", {"claim": claim}, now=now)


def claim_decided(claim: Claim, *, now: datetime) -> None:
    step = "claim_approved" if claim.approved_at else "claim_rejected"
    _about_claim(step, claim, address("partners:organisation", claim.organisation.slug), now=now)


def _about_claim(step: str, claim: Claim, page: str, *, now: datetime) -> None:
    organisation = claim.organisation
    queue_mail(
        key=f"partners.{step}.{uuid4()}",
        to=claim.email,
        template=f"partners/{step}",
        context={"claim": claim, "organisation": organisation, "city": organisation.city, "page": page},
        now=now,
        reply_to=organisation.city.mail,
    )


def without_owner(organisation: Organisation, *, now: datetime) -> None:
    """The editors hear that nobody looks after it any more."""
    queue_mail(
        key=f"partners.without_owner.{uuid4()}",
        to=organisation.city.mail,
        template="partners/without_owner",
        context={
            "organisation": organisation,
            "page": address("partners:organisation", organisation.slug),
        },
        now=now,
    )


def tell_owners(
    organisation: Organisation, template: str, words: dict[str, Any], *, now: datetime, once: str = ""
) -> None:
    """One mail to each owner whose account is open; of those with the same `once` each gets the first."""
    page = address("partners:members", organisation.slug)
    owners = organisation.memberships.filter(role=Membership.Role.OWNER, user__is_active=True)
    for pk, email in owners.values_list("user_id", "user__email"):
        queue_mail(
            key=f"{template}.{f'{pk}.{once}' if once else uuid4()}",
            to=email,
            template=template,
            context={"organisation": organisation, "city": organisation.city, "page": page, **words},
            now=now,
            reply_to=organisation.city.mail,
        )


def address(name: str, *args: object) -> str:
    """Of a page, in the language that mails are written in."""
    with override(settings.LANGUAGE_CODE):
        return settings.SITE_ORIGIN + reverse(name, args=args)
