"""A service taken on every chosen row of a list, with a kind word about the rows that could not."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext

from cultuurportaal.workflow import NotAllowed
from partners.models import User

Row = TypeVar("Row", bound=Model)


def operator(request: HttpRequest) -> User:
    """Who is at the desk; the admin site lets nobody else in."""
    assert isinstance(request.user, User)  # noqa: S101 - the door is AdminSite.has_permission
    return request.user


def each(
    desk: "admin.ModelAdmin[Any]", request: HttpRequest, rows: QuerySet[Row], service: Callable[[Row], object]
) -> None:
    refused = 0
    for row in rows:
        try:
            service(row)
        except NotAllowed:
            refused += 1
    done = len(rows) - refused
    words = ngettext("Bij %(count)d rij gelukt.", "Bij %(count)d rijen gelukt.", done) % {"count": done}
    desk.message_user(request, words, messages.SUCCESS)
    if refused:
        words = ngettext(
            "Bij %(count)d rij kan dit nu niet.", "Bij %(count)d rijen kan dit nu niet.", refused
        )
        desk.message_user(request, words % {"count": refused}, messages.WARNING)
