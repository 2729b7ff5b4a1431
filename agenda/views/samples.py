"""The editors' desk, afterwards: what trusted organisations placed by themselves, one in so many."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agenda.forms.sample import BreachForm
from agenda.models import Sample
from agenda.services import sampling
from cultuurportaal.workflow import NotAllowed
from partners.models import Organisation, User
from partners.permissions import is_editor

RELATED = ("release__activity__organisation",)
MOST = 5


def waiting() -> dict[str, Any]:
    """What the queue shows: what was drawn, and who broke the trust often enough to lose it."""
    rows = Sample.objects.open().select_related(*RELATED)
    broke = Sample.objects.filter(is_breach=True).values("release__activity__organisation")
    trusted = Organisation.objects.filter(is_trusted=True, pk__in=broke)
    return {
        "samples": [{"sample": row, "form": BreachForm(auto_id=f"s{row.pk}-%s")} for row in rows[:MOST]],
        "sample_count": rows.count(),
        "untrustworthy": [one for one in trusted if sampling.may_lose_trust(one)],
    }


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """It is right, or (`stap=klopt-niet`) it is not, and why."""
    by = request.user
    if not isinstance(by, User) or not is_editor(by):
        raise PermissionDenied
    sample = get_object_or_404(Sample.objects.select_related(*RELATED), pk=pk)
    is_breach = request.POST.get("stap") == "klopt-niet"
    form = BreachForm(request.POST)
    if is_breach and not form.is_valid():
        messages.error(request, _("Schrijf wat er niet klopt. De hoofdmakers lezen dit."))
        return redirect("agenda:queue")
    note = form.cleaned_data["note"] if is_breach else ""
    try:
        count = sampling.check(sample, is_breach=is_breach, note=note, by=by, now=timezone.now())
    except NotAllowed:
        messages.error(request, _("Dit is al nagekeken."))
        return redirect("agenda:queue")
    if not is_breach:
        messages.success(request, _("Nagekeken: het klopt."))
    elif count < sampling.ENOUGH:
        messages.success(request, _("Genoteerd. De hoofdmakers krijgen een mail."))
    else:
        messages.warning(request, _("Genoteerd. Hieronder kun je het vertrouwen stoppen."))
    return redirect("agenda:queue")
