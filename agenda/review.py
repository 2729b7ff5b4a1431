"""What an editor should know before deciding: is it complete, and does it stand in the agenda already?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from agenda import workflow
from agenda.document import Document
from agenda.doubles import same_place
from agenda.likeness import is_alike
from agenda.models import Activity, Picture

MOST_TWINS = 5


@dataclass(frozen=True)
class Check:
    """One line: fine or to look at. `field` is where to repair it; `stops` says: no approval like this."""

    text: str
    is_good: bool = True
    field: str = ""
    stops: bool = False


@dataclass(frozen=True)
class Twin:
    """Another activity on the same day in the same place; likely the same one when the titles are alike."""

    activity: Activity
    is_likely: bool


def checks(activity: Activity, document: Document, now: datetime) -> list[Check]:
    return [
        *_may_go_out(activity, document, now),
        *_is_findable(document),
        *_picture(activity),
    ]


def _may_go_out(activity: Activity, document: Document, now: datetime) -> Iterator[Check]:
    if not activity.is_confirmed:
        yield Check(_("De inzender heeft het mailadres nog niet bevestigd"), is_good=False, stops=True)
    if activity.organisation is None:
        yield Check(_("Nog geen organisatie gekoppeld"), is_good=False, field="organisation", stops=True)
    else:
        yield Check(_("Organisatie: %(name)s") % {"name": activity.organisation.name})
    ahead = sum((time.end or time.start) >= now for time in document.times)
    if not ahead:
        yield Check(_("Geen enkele datum ligt nog voor ons"), is_good=False)
    elif ahead < len(document.times):
        words = {"past": len(document.times) - ahead, "all": len(document.times)}
        yield Check(_("%(past)d van de %(all)d datums zijn al geweest") % words, is_good=False)
    else:
        yield Check(_("Alle datums liggen nog voor ons"))


def _is_findable(document: Document) -> Iterator[Check]:
    place = document.place
    if place is None:
        yield Check(_("Er staat niet bij waar het is"), is_good=False)
    elif place.id is None:
        yield Check(_("Plek alleen in woorden: %(place)s") % {"place": place.name}, is_good=False)
    else:
        yield Check(_("Plek bekend: %(place)s") % {"place": place.name})
    if document.kind is None:
        yield Check(_("Geen soort gekozen"), is_good=False, field="kind")
    if not document.summary:
        yield Check(_("Geen zin over wat het is"), is_good=False, field="summary")
    if document.price_kind == "unknown":
        yield Check(_("Prijs niet ingevuld"), is_good=False)
    if document.access or (place and place.access):
        yield Check(_("Toegankelijkheid ingevuld"))
    else:
        yield Check(_("Toegankelijkheid niet ingevuld"), is_good=False)
    if not document.core_values:
        yield Check(_("Nog geen kernwaarde gekozen"), is_good=False, field="core_values")


def _picture(activity: Activity) -> Iterator[Check]:
    if activity.picture is None:
        yield Check(_("Geen foto: het blokpatroon komt erbij"))
        return
    if activity.picture.status == Picture.Status.WAITING:
        yield Check(_("De foto wordt nog kleiner gemaakt. Laad de pagina zo opnieuw"), is_good=False)
    elif activity.picture.status == Picture.Status.FAILED:
        words = {"problem": activity.picture.problem}
        yield Check(_("De foto lukte niet: %(problem)s") % words, is_good=False)
    elif not activity.has_picture_rights:
        yield Check(_("De maker zegt niet dat de foto gebruikt mag worden"), is_good=False)
    elif not activity.picture_alt:
        yield Check(_("Foto zonder beschrijving"), is_good=False)
    else:
        yield Check(_("Foto met beschrijving en toestemming"))


def twins(activity: Activity, document: Document, now: datetime) -> list[Twin]:
    """Others on one of the coming days in the same place, the likeliest first."""
    days = {timezone.localtime(time.start).date() for time in document.times if time.start >= now}
    place = same_place(activity)
    if not days or place is None:
        return []
    others = Activity.objects.filter(
        place, status__in=[workflow.SUBMITTED, workflow.CHANGES_ASKED, workflow.APPROVED]
    )
    if activity.batch:
        others = others.exclude(batch=activity.batch)
    same_day = others.exclude(pk=activity.pk).filter(moments__start__date__in=days).distinct()
    found = [Twin(other, is_alike(activity.title, other.title)) for other in same_day[: MOST_TWINS * 4]]
    return sorted(found, key=lambda twin: not twin.is_likely)[:MOST_TWINS]
