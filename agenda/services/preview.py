"""Documents for an editor's eyes: what an approval would let through now, and what was let through last."""

from dataclasses import replace
from typing import Any

from django.urls import reverse

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


def at_the_desk(document: Document) -> Document:
    """With the addresses at which makers and editors see its picture while it is not public."""
    if document.image is None:
        return document

    def inside(names: dict[str, str]) -> dict[str, str]:
        return {
            width: reverse("agenda:picture", args=[document.uuid, address.rpartition("/")[2]])
            for width, address in names.items()
        }

    renditions = {
        ratio: {kind: inside(names) for kind, names in by_format.items()}
        for ratio, by_format in document.image.renditions.items()
    }
    return replace(document, image=replace(document.image, renditions=renditions))


def last_let_through(activity: Activity) -> Document | None:
    """The document of the last release that counts, published or still to be; None for a new activity."""
    shown = (Release.Kind.PUBLISH, Release.Kind.URGENT, Release.Kind.REFRESH)
    release = activity.releases.filter(kind__in=shown, voided_at=None).order_by("-number").first()
    return Document.read(release.snapshot) if release else None
