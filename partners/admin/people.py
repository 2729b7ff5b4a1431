"""Accounts, city roles and memberships."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.admin.actions import each, operator
from partners.models import CityRole, Membership, User
from partners.services import people


class RolesInline(admin.TabularInline):
    model = CityRole
    extra = 0


class KeepsAnOwner(BaseInlineFormSet):
    """Refuses to leave an organisation that had an owner without one."""

    def clean(self) -> None:
        super().clean()
        was = [form for form in self.initial_forms if form.initial.get("role") == Membership.Role.OWNER]
        stays = [
            form
            for form in self.forms
            if form.cleaned_data.get("role") == Membership.Role.OWNER and not form.cleaned_data.get("DELETE")
        ]
        if was and not stays:
            raise ValidationError(_("Er moet een hoofdmaker overblijven."))


class MembersInline(admin.TabularInline):
    """The members of an organisation."""

    model = Membership
    formset = KeepsAnOwner
    extra = 0
    autocomplete_fields = ["user"]


class MembershipsInline(admin.TabularInline):
    """What somebody belongs to; changed at the organisation."""

    model = Membership
    extra = 0
    can_delete = False
    readonly_fields = ["organisation", "role", "created_at"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts are closed here, never deleted: what somebody made and decided keeps its name."""

    list_display = ["email", "name", "is_active", "created_at"]
    list_filter = ["is_active", "city_roles__role"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_active", "created_at", "last_login"]
    readonly_fields = ["is_active", "created_at", "last_login"]
    inlines = [RolesInline, MembershipsInline]
    actions = ["close", "sign_out", "reset_second_factor"]

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        obj.email = obj.email.lower()
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    @admin.action(description=gettext_lazy("Sluit account"))
    def close(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        each(self, request, queryset, lambda user: people.deactivate(user, by=operator(request)))

    @admin.action(description=gettext_lazy("Log overal uit"))
    def sign_out(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        people.end_sessions(queryset)

    @admin.action(description=gettext_lazy("Wis de tweede stap (telefoon kwijt)"))
    def reset_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        each(self, request, queryset, lambda user: people.reset_second_factor(user, by=operator(request)))
