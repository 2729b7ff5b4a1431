"""The address to which an organisation mails what it wants in the agenda, and another one when it leaked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda import signatures
from agenda.services import intake
from cultuurportaal.workflow import NotAllowed
from partners.permissions import may_edit_organisation
from partners.views.gate import own


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_in(request: HttpRequest, slug: str) -> HttpResponse:
    """For members; an owner takes a new address."""
    organisation = own(request, slug)
    if request.method == "POST":
        try:
            intake.renew_address(organisation, by=request.user, now=timezone.now())
        except NotAllowed as refusal:
            raise PermissionDenied from refusal
        messages.success(request, _("Dit is het nieuwe adres. Het oude werkt niet meer."))
        return redirect("agenda:mail_in", organisation.slug)
    context = {
        "organisation": organisation,
        "address": signatures.mail_address(organisation),
        "may_renew": may_edit_organisation(request.user, organisation),
    }
    return render(request, "agenda/mail_in.html", context)
