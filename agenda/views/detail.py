"""The window: the page of one activity, facts first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from agenda import days, jsonld, save_links
from agenda.document import Document, Time
from agenda.fragments import large_picture
from agenda.models.listing import Listing, Occurrence
from agenda.text import first_words
from agenda.views.cards import card, date_key, status_tag, with_cards
from agenda.views.window import Here, kept
from partners.models import Organisation

SHOWN_DATES = 8
MOST_DESCRIBED = 50  # dates that search engines get
SAME_DAY = 3


@login_not_required
@require_safe
@kept
def activity(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """What, when, where, how much; 410 in words when it was taken away."""
    listing = get_object_or_404(Listing.objects.select_related("organisation"), slug=slug)
    is_public = listing.withdrawn_at is None and listing.organisation.status == Organisation.Status.ACTIVE
    if not is_public:
        return render(request, "agenda/gone.html", {"city": here.city}, status=410)
    document = Document.read(listing.document)
    coming = _coming(listing, document, here)
    chosen = _chosen(request.GET.get("dag", ""), coming, document)
    url = f"{settings.SITE_ORIGIN}{reverse('agenda:activity', args=[slug])}"
    fragments = listing.fragments.get(here.language) or listing.fragments.get("nl", {})
    context = {
        "city": here.city,
        "document": document,
        "detail": mark_safe(fragments.get("detail", "")),  # noqa: S308 - made by our own templates at release
        "url": url,
        "description": document.summary or first_words(document.description),
        "picture": large_picture(document.image),
        "time": chosen,
        "status": status_tag(chosen.status) if chosen else "",
        "is_over": not coming,
        **_other_dates(coming, chosen, slug),
        **_labels(document, here.language),
        **_save(document, chosen, url),
        **_machines(document, coming or document.times[-1:], url),
        "same_day": _same_day(listing, document, chosen, here) if coming and chosen else [],
    }
    return render(request, "agenda/activity.html", context)


def _coming(listing: Listing, document: Document, here: Here) -> list[Time]:
    """The dates that are public and not over, in order. One query."""
    shown = Occurrence.objects.filter(listing=listing, is_listed=True, until__gt=here.now)
    keys = {str(key) for key in shown.values_list("pk", flat=True)}
    return sorted((time for time in document.times if time.uuid in keys), key=lambda time: time.start)


def _chosen(asked: str, coming: Sequence[Time], document: Document) -> Time | None:
    """The date of the card that was followed; else the first that is coming; else the last that was."""
    for named in (_key, lambda time: _day(time).isoformat()):
        for time in coming:
            if named(time) == asked:
                return time
    dates = coming[:1] or document.times[-1:]
    return dates[0] if dates else None


def _other_dates(coming: Sequence[Time], chosen: Time | None, slug: str) -> dict[str, Any]:
    page = reverse("agenda:activity", args=[slug])
    dates = [
        {"time": time, "url": f"{page}?dag={_key(time)}", "is_chosen": time is chosen} for time in coming
    ]
    return {"dates": dates[:SHOWN_DATES], "more_dates": dates[SHOWN_DATES:], "number_of_dates": len(dates)}


def _day(time: Time) -> date:
    return days.day_of(time.start, is_all_day=time.is_all_day)


def _key(time: Time) -> str:
    return date_key(_day(time), time.start, is_all_day=time.is_all_day)


def _labels(document: Document, language: str) -> dict[str, Any]:
    """Words of vocabularies in the reader's language."""
    return {
        "kind": document.kind.label(language) if document.kind else "",
        "audiences": ", ".join(word.label(language) for word in document.audiences),
        "passes": ", ".join(word.label(language) for word in document.passes),
        "core_values": [word.label(language) for word in document.core_values],
        "content_language": document.language if document.language != language else "",
    }


def _save(document: Document, time: Time | None, url: str) -> dict[str, Any]:
    """Everything to keep it, get there, and share it."""
    feed = reverse("agenda:activity_feed", args=[document.slug])
    links = {"feed": feed, "routes": save_links.routes(document.place) if document.place else []}
    if time is None:
        return links
    return {
        **links,
        "google": save_links.google(document, time, url),
        "outlook": save_links.outlook(document, time, url),
    }


def _machines(document: Document, times: Sequence[Time], url: str) -> dict[str, Any]:
    """For search engines and for whoever shows a link to this page."""
    events = jsonld.events(document, times[:MOST_DESCRIBED], url=url, origin=settings.SITE_ORIGIN)
    images = events[0].get("image", []) if events else []
    return {"jsonld": jsonld.script(events), "share_image": images[0] if images else ""}


def _same_day(listing: Listing, document: Document, time: Time | None, here: Here) -> list[Any]:
    """Other things on that day, those in the same district first. One query."""
    if time is None:
        return []
    district = document.district.code if document.district else ""
    near = Case(When(district=district, then=Value(0)), default=Value(1), output_field=IntegerField())
    others = (
        Occurrence.objects.public()
        .filter(day=_day(time), until__gt=here.now, status="scheduled")
        .exclude(listing=listing)
        .order_by(near, "start", "uuid")
    )
    return [card(row) for row in with_cards(others, here.language)[:SAME_DAY]]
