"""One's own data: a copy of it, and having it forgotten."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partners.services import privacy
from partners.views.gate import person


@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What is kept, in words."""
    return render(request, "partners/my_data.html", {"sections": privacy.gather(person(request))})


@require_safe
def my_data_file(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(privacy.archive(person(request)), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens.zip"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def erase_account(request: HttpRequest) -> HttpResponse:
    """A page that says what happens, and a button that does it for good."""
    user = person(request)
    if request.method != "POST" or request.POST.get("zeker") != "ja":
        context = {
            "alone": list(privacy.is_last_owner_of(user).values()),
            "problem": request.method == "POST",
        }
        return render(
            request, "partners/erase_account.html", context, status=422 if context["problem"] else 200
        )
    privacy.erase(user, now=timezone.now())
    logout(request)
    messages.success(request, _("Je account is gesloten en je gegevens zijn gewist."))
    return redirect("agenda:agenda")
