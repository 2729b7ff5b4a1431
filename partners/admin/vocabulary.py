"""The city, its vocabularies and the days off."""

from django.contrib import admin
from django.http import HttpRequest

from partners.models import City, DayOff, Term, term_models


class TermAdmin(admin.ModelAdmin):
    """A word is taken out of use, never deleted: what was published with it keeps its meaning."""

    list_display = ["name", "name_en", "code", "position", "is_active"]
    list_editable = ["position", "is_active"]
    list_filter = ["is_active", "city"]
    search_fields = ["name", "name_en", "code"]

    def has_delete_permission(self, request: HttpRequest, obj: Term | None = None) -> bool:
        return False


for model in term_models().values():
    admin.site.register(model, TermAdmin)


@admin.register(City)
class CityAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "uid_domain", "holiday_region"]

    def get_readonly_fields(self, request: HttpRequest, obj: City | None = None) -> list[str]:
        """Calendar apps know every date by `uid_domain`: it never changes."""
        return ["slug", "uid_domain"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: City | None = None) -> bool:
        return False


@admin.register(DayOff)
class DayOffAdmin(admin.ModelAdmin):
    list_display = ["name", "first", "last", "kind", "region"]
    list_filter = ["kind", "region"]
