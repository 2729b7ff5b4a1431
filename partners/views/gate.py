"""The gate to an organisation's own desk."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from partners.models import Organisation, User
from partners.permissions import may_view_organisation

RELATED = ("city", "district", "kind")


def person(request: HttpRequest) -> User:
    """Who is signed in; every page of the desk is closed to others."""
    assert isinstance(request.user, User)  # noqa: S101 - the door is LoginRequiredMiddleware
    return request.user


def own(request: HttpRequest, slug: str) -> Organisation:
    """For its members, while it is not suspended or merged, and for editors; to others it is not there."""
    organisation = get_object_or_404(Organisation.objects.select_related(*RELATED), slug=slug)
    if not may_view_organisation(request.user, organisation):
        raise Http404
    return organisation
