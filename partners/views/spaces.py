"""Room to spare and room wanted: the list for everybody of the network, and the lines of one organisation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cultuurportaal.workflow import NotAllowed
from partners.forms.spaces import SpaceForm
from partners.models import Organisation, Space
from partners.permissions import may_manage_spaces, may_see_spaces
from partners.services import spaces as services
from partners.views.gate import own, person

MOST = 200
REFUSALS = {
    "organisation": gettext_lazy("De redactie moet jullie eerst toelaten."),
    "venue": gettext_lazy("Kies een plek van jullie zelf."),
    "too_many": gettext_lazy("Jullie hebben al veel op de lijst staan. Haal er eerst iets af."),
}


@require_safe
def spaces(request: HttpRequest) -> HttpResponse:
    """What all organisations offer and need; not public."""
    if not may_see_spaces(request.user):
        raise PermissionDenied
    rows = Space.objects.current().select_related("organisation", "venue")
    context = {
        "lists": [(label, rows.filter(kind=kind)[:MOST]) for kind, label in Space.Kind.choices],
    }
    return render(request, "partners/spaces.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_spaces(request: HttpRequest, slug: str) -> HttpResponse:
    """The lines of one organisation, and one more."""
    found = own(request, slug)
    form = SpaceForm(request.POST if request.method == "POST" else None, organisation=found)
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, form, status=422 if request.method == "POST" else 200)
    try:
        services.put(found, **form.said(), by=person(request), now=timezone.now())
    except NotAllowed as refusal:
        form.add_error(None, REFUSALS[refusal.reason])
        return _page(request, found, form, status=409)
    messages.success(request, _("Het staat op de lijst."))
    return redirect("partners:own_spaces", slug)


def _page(request: HttpRequest, found: Organisation, form: SpaceForm, *, status: int) -> HttpResponse:
    context = {
        "organisation": found,
        "form": form,
        "may_see_spaces": may_see_spaces(request.user),
        "spaces": found.spaces.filter(closed_at=None).select_related("venue"),
    }
    return render(request, "partners/own_spaces.html", context, status=status)


@require_POST
def take_off(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = own(request, slug)
    if not may_manage_spaces(request.user, found):
        raise PermissionDenied
    space = get_object_or_404(found.spaces.select_related("organisation"), pk=pk)
    try:
        services.take_off(space, by=person(request), now=timezone.now())
    except NotAllowed:
        messages.error(request, _("Dit stond al niet meer op de lijst."))
    else:
        messages.success(request, _("Het is van de lijst af."))
    return redirect("partners:own_spaces", slug)
