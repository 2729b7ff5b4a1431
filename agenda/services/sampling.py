"""Trust is checked afterwards: of what trusted organisations place, an editor looks at one in so many."""

from datetime import datetime

from django.db import transaction

from agenda import notifications
from agenda.models import Release, Sample
from cultuurportaal.workflow import NotAllowed
from partners.models import Organisation, User
from partners.permissions import is_editor

ENOUGH = 2  # breaches, and the editor may take the trust away with one click


def draw(release: Release, *, now: datetime) -> Sample | None:
    """Whether an editor will look at this one: by its uuid, so that nobody can foresee or repeat the draw."""
    one_in = release.activity.city.trust_sample
    if release.rule != Release.Rule.TRUSTED or one_in == 0 or release.uuid.int % one_in:
        return None
    return Sample.objects.create(release=release, drawn_at=now)


@transaction.atomic
def check(sample: Sample, *, is_breach: bool, note: str = "", by: User, now: datetime) -> int:
    """What an editor found; the number of breaches of this organisation until now.

    The owners hear of a breach. Raises NotAllowed: "forbidden", "no_reason" (a breach without words),
    "already".
    """
    if not is_editor(by):
        raise NotAllowed("forbidden", step="check")
    if is_breach and not note.strip():
        raise NotAllowed("no_reason", step="check")
    found = {"is_breach": is_breach, "note": note.strip(), "by": by, "checked_at": now}
    if not Sample.objects.open().filter(pk=sample.pk).update(**found):
        raise NotAllowed("already", step="check")
    sample.refresh_from_db()
    if is_breach:
        notifications.breach(sample, now=now)
    return Sample.objects.breaches_of(_organisation(sample)).count()


def may_lose_trust(organisation: Organisation) -> bool:
    return organisation.is_trusted and Sample.objects.breaches_of(organisation).count() >= ENOUGH


def _organisation(sample: Sample) -> Organisation:
    organisation = sample.release.activity.organisation
    assert organisation is not None  # noqa: S101 - what is let through has one
    return organisation
