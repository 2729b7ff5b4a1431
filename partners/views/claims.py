""" "Dit is onze club": the page at an organiser, and the page behind the link that confirms it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cultuurportaal import limits
from cultuurportaal.views import too_many
from partners.forms.claims import ClaimForm, GuestClaimForm
from partners.forms.signing_in import mailbox
from partners.models import Organisation, User
from partners.origin import client_ip
from partners.permissions import is_member
from partners.services import claims

MOST, HOUR = 5, 3600


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ask; with a session for one's own account, else with a mail address that is confirmed first."""
    organisation = get_object_or_404(Organisation.objects.active().select_related("city"), slug=slug)
    if is_member(request.user, organisation):
        return redirect("partners:organisation", slug)
    form = _form(request)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"organisation": organisation, "form": form}
        return render(request, "partners/claim.html", context, status=status)
    said = form.cleaned_data
    if not _counts(request, said.get("email", "")):
        return too_many(request, seconds=HOUR)
    claims.ask(
        organisation,
        email=said.get("email", ""),
        name=said["name"],
        why=said["why"],
        by=request.user,
        now=timezone.now(),
    )
    return render(
        request, "partners/claim_sent.html", {"organisation": organisation, "email": said.get("email")}
    )


def _counts(request: HttpRequest, email: str) -> bool:
    """Per address of the network, and per mailbox that would get the mail of a guest."""
    is_counted = limits.take("claim", client_ip(request), most=MOST, seconds=HOUR)
    return is_counted and (not email or limits.take("claim-to", mailbox(email), most=MOST, seconds=HOUR))


def _form(request: HttpRequest) -> ClaimForm:
    data = request.POST if request.method == "POST" else None
    if isinstance(request.user, User):
        return ClaimForm(data, initial={"name": request.user.name})
    return GuestClaimForm(data)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button, because mail scanners open links."""
    found = claims.claim_of(token)
    if found is None:
        return render(request, "partners/claim_gone.html", status=410)
    if request.method != "POST":
        return render(request, "partners/claim_confirm.html", {"claim": found})
    claims.confirm(found, now=timezone.now())
    messages.success(request, _("Dank je. De redactie kijkt ernaar en mailt je."))
    return redirect(found.organisation)
