"""Meetings of the network for operators."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from netwerk import services
from netwerk.models import Meeting
from partners.admin.actions import each, operator


@admin.register(Meeting)
class MeetingAdmin(admin.ModelAdmin):
    list_display = ["title", "start", "kind", "status", "is_public"]
    list_filter = ["status", "kind", "is_public"]
    search_fields = ["title"]
    date_hierarchy = "start"
    autocomplete_fields = ["venue", "invited"]
    readonly_fields = ["uuid", "status", "version"]
    prepopulated_fields = {"slug": ["title"]}
    actions = ["plan", "cancel", "plan_again"]

    @admin.action(description=gettext_lazy("Kondig aan"))
    def plan(self, request: HttpRequest, queryset: QuerySet[Meeting]) -> None:
        each(self, request, queryset, lambda row: services.plan(row, by=operator(request)))

    @admin.action(description=gettext_lazy("Zeg af"))
    def cancel(self, request: HttpRequest, queryset: QuerySet[Meeting]) -> None:
        each(self, request, queryset, lambda row: services.cancel(row, by=operator(request)))

    @admin.action(description=gettext_lazy("Gaat toch door"))
    def plan_again(self, request: HttpRequest, queryset: QuerySet[Meeting]) -> None:
        each(self, request, queryset, lambda row: services.plan_again(row, by=operator(request)))
