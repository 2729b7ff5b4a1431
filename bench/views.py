"""Yardsticks behind the same middleware: a view that only answers, and an ordinary page of the ORM."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agenda.models import Occurrence

PER_PAGE = 30
FACETS = ("kind", "district", "price")


@login_not_required
@require_safe
def plain(request: HttpRequest, length: int) -> HttpResponse:
    """So many bytes, nothing read."""
    response = HttpResponse(b"x" * length)
    response["Content-Encoding"] = (
        "identity"  # keeps GZipMiddleware away: the bytes of others are made small before
    )
    return response


@login_not_required
@require_safe
def ordinary(request: HttpRequest) -> HttpResponse:
    """The agenda as most would build it: joined rows, a count, facets at each request, cards by template."""
    coming = Occurrence.objects.public().filter(until__gt=timezone.now())
    dates = coming.select_related("listing", "organisation", "venue").order_by("start", "uuid")
    facets = {
        name: list(coming.order_by().values_list(name).annotate(number=Count("pk")).order_by("-number"))
        for name in FACETS
    }
    page = Paginator(dates, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "bench/ordinary.html", {"page": page, "facets": facets})
