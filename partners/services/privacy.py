"""What is kept of somebody: a copy of it for them, and forgetting it (GDPR articles 15, 17 and 20)."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string

from cultuurportaal.models import OutboxMail
from partners import notifications, signals
from partners.models import Claim, Invitation, Membership, PlaceProposal, User
from partners.services.people import end_sessions

Sections = dict[str, list[dict[str, Any]]]


def gather(user: User) -> Sections:
    """All that the portal knows of this person, by subject; the floors above add theirs."""
    found: Sections = {
        "account": [
            {
                "mailadres": user.email,
                "naam": user.name,
                "sinds": user.created_at,
                "laatst ingelogd": user.last_login,
            }
        ],
        "manieren om in te loggen": _ways_in(user),
        "rollen voor de stad": [{"rol": row.get_role_display()} for row in user.city_roles.all()],
        "organisaties": [
            {"organisatie": row.organisation.name, "rol": row.get_role_display(), "sinds": row.created_at}
            for row in user.memberships.select_related("organisation")
        ],
        "uitnodigingen": [
            {"organisatie": row.organisation.name, "uitgenodigd op": row.created_at}
            for row in Invitation.objects.filter(email__iexact=user.email).select_related("organisation")
        ],
        "verzoeken om een organisatie": [
            {"organisatie": row.organisation.name, "naam": row.name, "tekst": row.why, "op": row.created_at}
            for row in Claim.objects.filter(email__iexact=user.email).select_related("organisation")
        ],
        "voorstellen over plekken": [
            {"plek": str(row), "op": row.created_at}
            for row in PlaceProposal.objects.filter(by=user).select_related("venue", "room")
        ],
        "mails aan jou": [
            {"onderwerp": row.subject, "tekst": row.text, "verstuurd op": row.sent_at}
            for row in OutboxMail.objects.filter(to__iexact=user.email).order_by("pk")
        ],
    }
    answers: list[tuple[Any, Any]] = signals.personal_data_asked.send(sender=User, instance=user)
    for _receiver, more in answers:
        found |= more
    return found


def _ways_in(user: User) -> list[dict[str, Any]]:
    """That there is an app or passkey and since when; never its secret."""
    rows = Authenticator.objects.filter(user=user)
    addresses = EmailAddress.objects.filter(user=user)
    return [
        *({"mailadres": row.email, "bevestigd": row.verified} for row in addresses),
        *({"tweede stap": row.type, "sinds": row.created_at} for row in rows),
    ]


def archive(user: User) -> bytes:
    """A zip with the same in JSON, for machines, and HTML, for people."""
    found = gather(user)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("gegevens.json", json.dumps(found, ensure_ascii=False, indent=2, default=_plain))
        box.writestr("gegevens.html", render_to_string("partners/my_data_file.html", {"sections": found}))
    return buffer.getvalue()


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


@transaction.atomic
def erase(user: User, *, now: datetime) -> None:
    """Close one's own account and forget who it was. What was made stays with its organisation.

    Editors hear of an organisation that nobody looks after any more.
    """
    signals.account_erased.send(sender=User, instance=user)
    for row in user.memberships.select_related("organisation__city"):
        _leave(row, now=now)
    user.city_roles.all().delete()
    _forget_mail(user.email)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(
        email=f"gewist-{user.pk}@gewist.invalid", name="", is_active=False, last_login=None
    )
    end_sessions(User.objects.filter(pk=user.pk))
    user.refresh_from_db()


def _leave(membership: Membership, *, now: datetime) -> None:
    organisation = membership.organisation
    organisation.invitations.filter(by=membership.user_id, accepted_at=None, revoked_at=None).update(
        revoked_at=now
    )
    membership.delete()
    if not organisation.memberships.filter(role=Membership.Role.OWNER).exists():
        notifications.without_owner(organisation, now=now)


def _forget_mail(email: str) -> None:
    """Mails to this address, the words of those to others that name it, and what was asked with it."""
    same = Q(email__iexact=email)
    OutboxMail.objects.filter(to__iexact=email).delete()
    names_it = rf"(^|[^\w.+-]){re.escape(email)}"
    OutboxMail.objects.exclude(sent_at=None).filter(
        Q(text__iregex=names_it) | Q(subject__iregex=names_it)
    ).update(subject="", text="")
    Invitation.objects.filter(same).delete()
    Claim.objects.filter(same).delete()


def is_last_owner_of(user: User) -> Mapping[int, str]:
    """Organisations that nobody looks after once this person is gone."""
    rows = user.memberships.filter(role=Membership.Role.OWNER).select_related("organisation")
    others = Membership.objects.filter(role=Membership.Role.OWNER).exclude(user=user)
    kept = set(others.values_list("organisation_id", flat=True))
    return {row.organisation_id: row.organisation.name for row in rows if row.organisation_id not in kept}
