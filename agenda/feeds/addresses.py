"""From the address of a calendar feed to what it is made of, and back to one way of writing it.

Any filter of the page, and three wishes of a subscriber: `afgelast`, `herinner`, `profiel`. Parameters that
are not ours are dropped; one of ours with a value that does not exist makes a feed without dates.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from agenda import ical
from agenda.filters import Selection, parse
from agenda.filters.parameters import SETS
from agenda.ical.wish import CANCELLED, LONGEST_REMINDER, PROFILES
from agenda.models.listing import Occurrence, OccurrenceQuerySet, Scope
from agenda.services.feeds import Recipe
from partners.models import City, Organisation, Venue

SINGLE: Final = ("q", "van", "tot", "wanneer", "leeftijd", "afgelast", "herinner", "profiel")
KNOWN: Final = frozenset({*SINGLE, *SETS})
LONGEST: Final = 2000
MINUTES: Final = re.compile(r"[0-9]{1,9}")
PATH: Final = re.compile(r"(?:/(?P<language>en))?/(?P<kind>agenda|makers|plekken)(?:/(?P<slug>[-\w]+))?\.ics")


@dataclass(frozen=True)
class Subject:
    """What a feed is about: everything, a maker or a place."""

    scope: str
    name: str
    dates: OccurrenceQuerySet


def address(path: str, query: str) -> str:
    """The one way of writing this address: only our parameters, sorted, nothing empty or double."""
    pairs = sorted(
        {(key, value.strip()) for key, value in parse_qsl(query) if key in KNOWN and value.strip()}
    )
    return f"{path}?{urlencode(pairs)}" if pairs else path


def recipe_of(address: str, now: datetime) -> Recipe | None:
    """What the feed of this address is made of; None when there is no such maker or place (any more)."""
    path, _mark, query = address.partition("?")
    found = PATH.fullmatch(path)
    if not found:
        return None
    with translation.override(found["language"] or settings.LANGUAGE_CODE):
        city = City.objects.filter(slug=settings.STAD).first()
        subject = _subject(found["kind"], found["slug"], city) if city else None
        return _recipe(address, QueryDict(query), subject, city, now) if city and subject else None


def _subject(kind: str, slug: str | None, city: City) -> Subject | None:
    if kind == "agenda" and not slug:
        name = _("Cultuuragenda %(city)s") % {"city": city.name}
        return Subject(Scope.AGENDA, name, Occurrence.objects.all())
    if kind == "makers" and slug:
        maker = Organisation.objects.active().filter(slug=slug).first()
        dates = Occurrence.objects.filter(organisation=maker)
        return Subject(Scope.of_maker(slug), maker.name, dates) if maker else None
    if kind == "plekken" and slug:
        venue = Venue.objects.active().filter(slug=slug).first()
        return (
            Subject(Scope.of_venue(slug), venue.name, Occurrence.objects.filter(venue=venue))
            if venue
            else None
        )
    return None


def _recipe(address: str, query: QueryDict, subject: Subject, city: City, now: datetime) -> Recipe:
    selection = parse(query, city)
    wish = _wish(query)
    is_possible = wish is not None and not selection.problems and len(address) <= LONGEST
    return Recipe(
        address=address,
        scope=subject.scope,
        name=": ".join(filter(None, [subject.name, ", ".join(_labels(selection))])),
        source_url=settings.SITE_ORIGIN + address,
        occurrences=selection.narrow(subject.dates, now) if is_possible else Occurrence.objects.none(),
        wish=wish or ical.PLAIN,
        colour=str(city.theme.get("calendar_colour", "")),
        is_possible=is_possible,
    )


def _labels(selection: Selection) -> Iterable[str]:
    """What was asked for in words, for the name of the calendar: 'Concert, Gezinnen'."""
    for name, words in selection.sets.items():
        labels: Any = selection.labels.get(name, {})
        yield from (str(labels.get(word, word)) for word in words)
    if selection.q:
        yield f"“{selection.q}”"


def _wish(query: QueryDict) -> ical.Wish | None:
    """None when a value does not exist: the feed then matches nothing."""
    cancelled = query.get("afgelast", CANCELLED[0])
    profile, minutes = query.get("profiel", ""), query.get("herinner", "")
    is_right = (
        cancelled in CANCELLED
        and profile in {"", *PROFILES}
        and (not minutes or (MINUTES.fullmatch(minutes) and int(minutes) <= LONGEST_REMINDER))
    )
    if not is_right:
        return None
    return ical.Wish(cancelled, int(minutes) if minutes else None, is_rich=bool(profile))
