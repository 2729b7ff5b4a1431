"""Documents for an editor's eyes: what an approval would let through now, and what was let through last."""

from typing import Any

from agenda.document import Document
from agenda.models import Activity, Release
from agenda.services import snapshot
from partners.models import Organisation


def frozen(activity: Activity) -> dict[str, Any]:
    """The working copy as a release would keep it, also before it has an organisation or an address.

    Reads its own copy of the row, as what is still missing is filled in.
    """
    copy = Activity.objects.select_related(*snapshot.RELATED).get(pk=activity.pk)
    if copy.organisation is None:
        copy.organisation = Organisation(name=copy.sender_organisation)
    copy.slug = copy.slug or copy.uuid.hex
    return snapshot.freeze(copy)


def last_let_through(activity: Activity) -> Document | None:
    """The document of the last release that counts, published or still to be; None for a new activity."""
    shown = (Release.Kind.PUBLISH, Release.Kind.URGENT, Release.Kind.REFRESH)
    release = activity.releases.filter(kind__in=shown, voided_at=None).order_by("-number").first()
    return Document.read(release.snapshot) if release else None
