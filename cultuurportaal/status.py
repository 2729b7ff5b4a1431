"""`/status/`: is everything well, when did what last run, and which mail could not be delivered."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cultuurportaal import health
from cultuurportaal.models import Heartbeat, OutboxMail

WORDS = {
    "database": _("Database"),
    "broker": _("Wachtrij (Valkey)"),
    "veger": _("Veger"),
    "vrijgaven": _("Geen vrijgave wacht langer dan vijf minuten"),
}
MOST = 50


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Whoever STATUS_GATE lets in reads it; POST gives the mails that were given up another try."""
    if not import_string(settings.STATUS_GATE)(request.user):
        raise PermissionDenied
    if request.method == "POST":
        messages.success(request, _told(OutboxMail.objects.given_up().try_again(timezone.now())))
        return redirect("status")
    failed = OutboxMail.objects.given_up().order_by("-failed_at")
    return render(
        request,
        "status.html",
        {
            "parts": [(WORDS[name], health.is_well(check)) for name, check in health.CHECKS.items()],
            "heartbeats": Heartbeat.objects.order_by("name"),
            "waiting": OutboxMail.objects.unsent().count(),
            "oldest": OutboxMail.objects.due(timezone.now()).first(),
            "failed_count": failed.count(),
            "failed": failed[:MOST],
        },
    )


def _told(count: int) -> str:
    return ngettext("%d mail gaat opnieuw op weg.", "%d mails gaan opnieuw op weg.", count) % count
