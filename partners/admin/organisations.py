"""Organisations: accept, block, trust; their name and who belongs to them."""

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from partners import signals
from partners.admin.actions import each, operator
from partners.admin.people import MembersInline
from partners.models import Organisation
from partners.services import organisations


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "district", "status", "is_trusted"]
    list_filter = ["status", "is_trusted", "city"]
    list_select_related = ["kind", "district"]
    search_fields = ["name"]
    readonly_fields = ["uuid", "status", "version", "is_trusted", "replaced_by", "created_at"]
    inlines = [MembersInline]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    actions = ["accept", "suspend", "restore", "trust", "stop_trusting"]

    def save_model(
        self,
        request: HttpRequest,
        obj: Organisation,
        form: ModelForm,
        change: bool,  # noqa: FBT001
    ) -> None:
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            signals.organisation_changed.send(sender=Organisation, instance=obj)

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        return False

    @admin.action(description=gettext_lazy("Laat toe"))
    def accept(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> None:
        each(self, request, queryset, lambda row: organisations.accept(row, by=operator(request)))

    @admin.action(description=gettext_lazy("Blokkeer"))
    def suspend(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> None:
        each(self, request, queryset, lambda row: organisations.suspend(row, by=operator(request)))

    @admin.action(description=gettext_lazy("Hef de blokkade op"))
    def restore(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> None:
        each(self, request, queryset, lambda row: organisations.restore(row, by=operator(request)))

    @admin.action(description=gettext_lazy("Voortaan direct plaatsen"))
    def trust(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> None:
        each(self, request, queryset, lambda row: organisations.trust(row, by=operator(request)))

    @admin.action(description=gettext_lazy("Voortaan eerst nakijken"))
    def stop_trusting(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> None:
        each(self, request, queryset, lambda row: organisations.stop_trusting(row, by=operator(request)))
