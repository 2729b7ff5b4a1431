"""The example beside the makers' form: the card of the agenda, how complete it is and what would help."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from agenda import completeness, fragments
from agenda.forms.example import document_of
from agenda.forms.sheet import Sheet
from agenda.views import cards, sending
from partners.models import City, Tip


@login_not_required
@never_cache
@require_POST
def example(request: HttpRequest) -> HttpResponse:
    """What stands in the form now, as a fragment. Keeps nothing; what is not well-formed is left out."""
    city, now = City.objects.here(), timezone.now()
    sheet = Sheet(request.POST, city=city, user=request.user, now=now, is_draft=True)
    sheet.is_valid()
    sheet.activity = sending.begun(request, sheet)
    return render(request, "agenda/_example.html", {"example": example_of(sheet, city)})


def example_of(sheet: Sheet, city: City) -> dict[str, Any]:
    """For `_example.html`: the card of the first coming date, that day, how complete it is by our tips."""
    document = document_of(sheet)
    made = fragments.render(document, get_language() or "nl")
    card, day = cards.example(document, made["card"], sheet.now, link="#id_title")
    tips = list(Tip.objects.filter(city=city, is_active=True))
    return {
        "document": document,
        "card": card,
        "day": day,
        "completeness": completeness.measure(document, tips) if tips else None,
    }
