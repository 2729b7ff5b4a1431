"""Venues with their rooms and what visitors need to know about getting in."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from partners import signals
from partners.models import AccessStatement, Room, Venue


class RoomsInline(admin.TabularInline):
    model = Room
    extra = 0


class AccessInline(admin.TabularInline):
    model = AccessStatement
    extra = 0


@admin.register(Venue)
class VenueAdmin(admin.ModelAdmin):
    list_display = ["name", "street", "town", "district", "is_active"]
    list_filter = ["is_active", "city"]
    list_select_related = ["district"]
    search_fields = ["name", "street"]
    autocomplete_fields = ["organisation"]
    readonly_fields = ["uuid"]
    inlines = [RoomsInline, AccessInline]

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[Any], change: bool) -> None:  # noqa: FBT001
        """The last of a save: venue, rooms and access stand, and the floors above hear of it."""
        super().save_related(request, form, formsets, change)
        if change and (form.changed_data or any(formset.has_changed() for formset in formsets)):
            signals.venue_changed.send(sender=Venue, instance=form.instance)

    def has_delete_permission(self, request: HttpRequest, obj: Venue | None = None) -> bool:
        return False
