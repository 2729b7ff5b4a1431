"""The addresses of an organisation's own desk, filled in, and what a well-meant POST sends there."""

from typing import Any

from django.utils import timezone

from partners.services import invitations
from tests.permissions.world import World


def arguments(world: World) -> dict[str, list[Any]]:
    own, owner = world.own, world.users["owner_own"]
    invitation = invitations.invite(own, email="gast@demo.example", by=owner, now=timezone.now())
    row = own.memberships.get(user=world.users["user_deactivated"])
    return {
        "partners:organisation": [own.slug],
        "partners:members": [own.slug],
        "partners:member": [own.slug, row.pk],
        "partners:revoke": [own.slug, invitation.pk],
        "partners:invitation": [invitations.token_for(invitation)],
    }


def posted(world: World) -> dict[str, dict[str, Any]]:
    return {
        "partners:organisation": {"version": world.own.version, "name": world.own.name},
        "partners:members": {"email": "nieuw@demo.example", "role": "member"},
        "partners:member": {"role": "owner"},
        "partners:apply": {"name": "Nieuw Koor"},
    }
