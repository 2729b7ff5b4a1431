"""Desk, hatch and window for operators: to look at, not to change; services put right what is wrong."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from agenda.models import (
    Activity,
    CoMaker,
    Listing,
    Moment,
    Occurrence,
    Picture,
    Release,
    Sample,
    Scope,
    Source,
    SourceItem,
    StoredFeed,
)
from agenda.services import publication
from partners.admin.actions import each, operator


class LookOnly(admin.ModelAdmin):
    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        fields = (*self.opts.concrete_fields, *self.opts.many_to_many)
        return [field.name for field in fields if field.name not in (self.exclude or ())]

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class MomentInline(admin.TabularInline):
    model = Moment
    fields = ("start", "end", "is_all_day", "status", "reason", "uuid")
    readonly_fields = ("start", "end", "is_all_day", "status", "reason", "uuid")
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Activity)
class ActivityAdmin(LookOnly):
    list_display = ["title", "organisation", "status", "version", "submitted_at", "changed_at"]
    list_filter = ["status", "is_demo"]
    list_select_related = ["organisation"]
    search_fields = ["title", "uuid", "slug", "organisation__name"]
    date_hierarchy = "changed_at"
    inlines = [MomentInline]


@admin.register(Release)
class ReleaseAdmin(LookOnly):
    list_display = ["activity", "number", "kind", "rule", "by", "publish_at", "published_at", "failed_at"]
    list_filter = ["kind", "rule", ("failed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["activity", "by"]
    search_fields = ["activity__title", "activity__uuid"]
    actions = ["retry"]

    @admin.action(description=gettext_lazy("Probeer opnieuw te publiceren"), permissions=["view"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Release]) -> None:
        """For what was given up."""
        rows = queryset.exclude(failed_at=None)
        each(self, request, rows, lambda row: publication.retry(row, by=operator(request)))


@admin.register(Listing)
class ListingAdmin(LookOnly):
    list_display = ["title", "slug", "release_number", "change_number", "changed_at", "withdrawn_at"]
    search_fields = ["title", "slug", "uuid"]
    exclude = ["search"]


@admin.register(Occurrence)
class OccurrenceAdmin(LookOnly):
    list_display = ["start", "listing", "status", "is_listed", "sequence"]
    list_filter = ["status", "is_listed"]
    list_select_related = ["listing"]
    search_fields = ["listing__title", "uuid"]


@admin.register(Picture)
class PictureAdmin(LookOnly):
    list_display = ["uuid", "status", "problem", "width", "height", "created_at"]
    list_filter = ["status"]


@admin.register(Scope)
class ScopeAdmin(LookOnly):
    list_display = ["name", "version", "changed_at"]
    search_fields = ["name"]


@admin.register(StoredFeed)
class StoredFeedAdmin(LookOnly):
    list_display = ["address", "scope", "version", "last_modified", "asked_at"]
    search_fields = ["address"]


@admin.register(Sample)
class SampleAdmin(LookOnly):
    list_display = ["release", "drawn_at", "checked_at", "by", "is_breach"]
    list_filter = ["is_breach"]
    list_select_related = ["release", "by"]


@admin.register(CoMaker)
class CoMakerAdmin(LookOnly):
    list_display = ["activity", "organisation", "asked_at", "accepted_at", "declined_at"]
    list_select_related = ["activity", "organisation"]


@admin.register(Source)
class SourceAdmin(LookOnly):
    list_display = ["name", "organisation", "kind", "is_active", "worked_at", "failures"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["organisation"]
    search_fields = ["name", "organisation__name"]


@admin.register(SourceItem)
class SourceItemAdmin(LookOnly):
    list_display = ["title", "source", "activity", "is_cancelled", "is_missing", "seen_at"]
    list_select_related = ["source", "activity"]
    search_fields = ["title", "uid"]
