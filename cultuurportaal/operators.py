"""The pages for operators at /beheer/: Django's own, kind about addresses that cannot be."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2200
View = Callable[..., HttpResponse]


class OperatorsSite(admin.AdminSite):
    site_header = site_title = "Cultuurportaal"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 - as Django has it
        return super().admin_view(_in_this_calendar(view), cacheable)

    def get_urls(self) -> list[Any]:
        look = path(
            "r/<path:content_type_id>/<path:object_id>/",
            self.admin_view(self.view_on_site),
            name="view_on_site",
        )
        return [look, *super().get_urls()]

    def view_on_site(self, request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
        """To the public page of a row; 404 for what has no pages here."""
        if not (content_type_id.isascii() and content_type_id.isdigit()):
            raise Http404
        kind = get_object_or_404(ContentType, pk=content_type_id)
        if kind.model_class() not in self._registry:
            raise Http404
        try:
            return shortcut(request, content_type_id, object_id)
        except ValidationError as problem:  # a number where a UUID belongs
            raise Http404 from problem

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Nobody has a password here."""
        messages.info(request, _("Hier zijn geen wachtwoorden. Je logt in met een code uit je mail."))
        return redirect("admin:index")

    password_change_done = password_change


def _in_this_calendar(view: View) -> View:
    """A list that is asked for a year that cannot be is shown whole."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _has_possible_years(request.GET):
            return view(request, *args, **kwargs)
        messages.warning(request, _("Dit jaar kennen we niet. Je ziet alles."))
        return redirect(request.path)

    return shown


def _has_possible_years(query: QueryDict) -> bool:
    texts = [text for name, text in query.items() if name.endswith("__year")]
    return all(
        isinstance(text, str)
        and text.isascii()
        and text.isdigit()
        and FIRST_YEAR <= int(text[:6]) <= LAST_YEAR
        for text in texts
    )
