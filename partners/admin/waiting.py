"""What people ask of an organisation or say about a place: to look up here, decided at the editors' desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from partners.models import Claim, Invitation, PlaceProposal, Space


class LookUp(admin.ModelAdmin):
    """Nothing is made, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Invitation)
class InvitationAdmin(LookUp):
    list_display = ["email", "organisation", "role", "by", "expires_at", "accepted_at", "revoked_at"]
    list_select_related = ["organisation", "by"]
    search_fields = ["email", "organisation__name"]


@admin.register(Claim)
class ClaimAdmin(LookUp):
    list_display = ["name", "email", "organisation", "confirmed_at", "approved_at", "rejected_at"]
    list_select_related = ["organisation"]
    search_fields = ["name", "email", "organisation__name"]


@admin.register(PlaceProposal)
class PlaceProposalAdmin(LookUp):
    list_display = ["__str__", "venue", "organisation", "by", "created_at", "accepted_at", "refused_at"]
    list_select_related = ["venue", "room", "organisation", "by"]
    search_fields = ["organisation__name", "venue__name"]


@admin.register(Space)
class SpaceAdmin(LookUp):
    list_display = ["what", "kind", "organisation", "created_at", "closed_at"]
    list_select_related = ["organisation"]
    search_fields = ["what", "organisation__name"]
