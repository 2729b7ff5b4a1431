"""The window: the agenda, for everybody."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from agenda.filters import nearby, vocabulary
from agenda.filters.facets import Counts, count
from agenda.filters.parameters import FACETS
from agenda.filters.selection import Selection
from agenda.views import choices
from agenda.views.cards import shelves
from agenda.views.month import month
from agenda.views.window import Here, is_part, kept

COUNTS_KEPT_SECONDS = 300  # a date that is just over may be counted so long


@login_not_required
@require_safe
@kept
def agenda(request: HttpRequest, here: Here) -> HttpResponse:
    """What there is to do, by day; htmx gets the part that changes."""
    words = vocabulary.read(here.city)
    selection = Selection.parse(request.GET, words)
    context = {
        "city": here.city,
        "selection": selection,
        **_found(selection, here),
        **_choices(selection, here, words),
        **subscribe(reverse("agenda:feed"), selection),
    }
    if not is_part(request):
        return render(request, "agenda/agenda.html", context)
    if selection.na:
        return render(request, "agenda/_more_days.html", context)
    response = render(request, "agenda/_results.html", {**context, "is_part": True})
    look = selection.weergave if selection.weergave != "lijst" else ""
    response["HX-Push-Url"] = choices.address(selection, weergave=look)
    return response


def _found(selection: Selection, here: Here) -> dict[str, Any]:
    """The dates themselves; when there are none, the ways out."""
    if selection.weergave == "maand":
        return {"month": month(selection, here)}
    found = shelves(selection.occurrences(here.now), here.language, here.now)
    following = choices.address(selection, na=found.next) if found.next else ""
    if found.days or selection.na:
        return {"shelves": found.days, "more": following}
    way_out = nearby.best_way_out(selection, here.now)
    return {
        "is_empty": True,
        "way_out": way_out,
        "way_out_url": choices.address(way_out.selection) if way_out else "",
        "way_out_label": choices.label_of(selection, way_out.parameter) if way_out else "",
        "nearest": _nearest(selection, here),
    }


def _nearest(selection: Selection, here: Here) -> list[dict[str, Any]]:
    """The first days with something, each with its address."""
    return [
        {"day": day, "url": choices.address(nearby.on(selection, day))}
        for day in nearby.nearest_days(selection, here.now)
    ]


def _choices(selection: Selection, here: Here, words: vocabulary.Vocabulary) -> dict[str, Any]:
    """All that stands around the dates; not around the days that follow."""
    if selection.na:
        return {}
    counts, boxes = _counted(selection, here, words)
    return {
        "counts": counts,
        "boxes": boxes,
        "moments": choices.moments(selection, counts),
        "chips": choices.chips(selection),
        "views": choices.views(selection),
        "hidden_in_search": choices.hidden(selection, "q"),
        "everything_url": choices.address(Selection()),
    }


def _counted(selection: Selection, here: Here, words: vocabulary.Vocabulary) -> tuple[Counts, SafeString]:
    """The numbers and the boxes that show them, made anew with every change of the agenda."""
    spell = int(here.now.timestamp()) // COUNTS_KEPT_SECONDS
    question = (here.version, spell, here.language, selection.weergave, selection.canonical())
    key = sha256(repr(question).encode()).hexdigest()
    found: tuple[Counts, SafeString] | None = caches["pages"].get(key)
    if found is None:
        counts = count(selection, here.now)
        found = counts, _boxes(selection, counts, words)
        caches["pages"].set(key, found, COUNTS_KEPT_SECONDS)
    return found


def _boxes(selection: Selection, counts: Counts, words: vocabulary.Vocabulary) -> SafeString:
    context = {
        "selection": selection,
        "chips": choices.chips(selection),
        "facets": choices.facets(selection, counts, words),
        "hidden_in_facets": choices.hidden(selection, *FACETS, "leeftijd", "van", "tot"),
    }
    return render_to_string("agenda/_facets.html", context)


def subscribe(feed: str, selection: Selection | None = None) -> dict[str, str]:
    """The address of a calendar feed, for apps (webcal:) and for people."""
    query = selection.canonical() if selection else ""
    https = f"{settings.SITE_ORIGIN}{feed}" + (f"?{query}" if query else "")
    return {"feed_url": https, "webcal_url": f"webcal://{https.split('://', 1)[1]}"}
