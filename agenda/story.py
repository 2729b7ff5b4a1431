"""What happened to an activity, in the words of its maker and without names of editors."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from agenda import workflow
from agenda.models import Activity, Release


@dataclass(frozen=True, order=True)
class Event:
    """`at` is an aware moment, `words` a short sentence."""

    at: datetime
    words: str


def story(activity: Activity) -> list[Event]:
    """From its beginning until now, in one query; what only the house needed (a refresh) is left out."""
    begun = Event(activity.created_at, _("Begonnen"))
    return [begun, *sorted([*_at_the_desk(activity), *_outside(activity)])]


def _at_the_desk(activity: Activity) -> Iterator[Event]:
    if activity.submitted_at:
        yield Event(activity.submitted_at, _("Naar de redactie gestuurd"))
    if activity.decided_at and activity.status == workflow.CHANGES_ASKED:
        yield Event(activity.decided_at, _("De redactie stelde een vraag"))
    if activity.decided_at and activity.status == workflow.REJECTED:
        yield Event(activity.decided_at, _("De redactie plaatste dit niet"))


def _outside(activity: Activity) -> Iterator[Event]:
    is_first = True
    for release in activity.releases.exclude(published_at=None).order_by("number"):
        words = _words(release, is_first=is_first)
        if words and release.published_at:
            yield Event(release.published_at, words)
        is_first = False


def _words(release: Release, *, is_first: bool) -> str:
    if release.rule == Release.Rule.UNDONE:
        return _("Spoedwijziging teruggezet")
    return {
        Release.Kind.PUBLISH: _("In de agenda gezet") if is_first else _("De wijziging staat in de agenda"),
        Release.Kind.URGENT: _("Spoedwijziging doorgegeven"),
        Release.Kind.WITHDRAW: _("Uit de agenda gehaald"),
    }.get(Release.Kind(release.kind), "")
