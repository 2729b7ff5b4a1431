"""The page behind the link of an invitation: a button, because mail scanners open links."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cultuurportaal.workflow import NotAllowed
from partners.models import Invitation
from partners.services.invitations import accept, invitation_of


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accepting gives the rights to the account of the mailed address; signing in is a step of its own."""
    found = invitation_of(token)
    now = timezone.now()
    if found is None or not Invitation.objects.open(now).filter(pk=found.pk).exists():
        return render(request, "partners/invitation_gone.html", status=410)
    if request.method != "POST":
        return render(request, "partners/invitation.html", {"invitation": found})
    try:
        user = accept(found, now=now)
    except NotAllowed:
        return render(request, "partners/invitation_gone.html", status=410)
    messages.success(request, _("Gelukt. Je hoort nu bij %s.") % found.organisation)
    if request.user.is_authenticated and request.user.pk != user.pk:
        messages.warning(request, _("Dit geldt voor %s. Log met dat adres in.") % user.email)
    return redirect("partners:organisations")
