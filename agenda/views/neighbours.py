"""What stands near what is being typed: perhaps the very same, and what else there is that day."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from agenda import days, permissions
from agenda.busy import radar_of
from agenda.doubles import doubles
from agenda.forms.neighbours import dismissed, plan_of, typed_of
from agenda.forms.sheet import Sheet
from agenda.radar import Radar
from agenda.views import sending
from partners.models import City

MOST_SHOWN = 5


@login_not_required
@never_cache
@require_POST
def neighbours(request: HttpRequest) -> HttpResponse:
    """A fragment about what stands in the form now. Keeps nothing and stops nothing."""
    city, now = City.objects.here(), timezone.now()
    sheet = Sheet(request.POST, city=city, user=request.user, now=now, is_draft=True)
    sheet.is_valid()
    sheet.activity = sending.begun(request, sheet)
    return render(request, "agenda/_neighbours.html", {"neighbours": neighbours_of(request, sheet)})


def neighbours_of(request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
    """For `_neighbours.html`; empty for a page on which nothing was typed yet."""
    if not sheet.what.is_bound:
        return {}
    others = dismissed(sheet.what.data)
    found = doubles(typed_of(sheet), permissions.own_of(request.user))
    known = {one.uuid for one in found}
    return {
        "open": [one for one in found if one.uuid not in others],
        "dismissed": [one for one in found if one.uuid in others],
        "remembered": [uuid for uuid in others if uuid not in known],
        **_radar(sheet),
    }


def _radar(sheet: Sheet) -> dict[str, Any]:
    """What is held on the first coming day that was typed; nothing without one."""
    today = days.today(sheet.now)
    plan = plan_of(sheet, today)
    if plan is None:
        return {}
    itself = sheet.activity.uuid if sheet.activity else None
    radar = radar_of(plan, days_off=sheet.when.days_off, today=today, itself=itself)
    return {"radar": radar, "shown": _shown(radar), "more": max(len(radar.others) - MOST_SHOWN, 0)}


def _shown(radar: Radar) -> list[dict[str, Any]]:
    return [
        {
            "held": one,
            "is_at_once": radar.is_at_once(one),
            "is_nearby": one.is_in_the_same_district(radar.plan),
        }
        for one in radar.others[:MOST_SHOWN]
    ]
