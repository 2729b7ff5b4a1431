"""Which pictures everybody can see: those of what stands in the agenda (decision 0006)."""

from functools import partial
from uuid import UUID

from django.db import transaction

from agenda.document import Document
from agenda.models import Listing, Release
from agenda.models.listing import ListingQuerySet
from agenda.services import pictures
from partners.models import Organisation

PICTURE = "document__image__id"


def follow(release: Release) -> None:
    """Before the window is written: its picture can be seen, what it replaces leaves after commit."""
    document = Document.read(release.snapshot)
    is_public = Organisation.objects.active().filter(pk=document.maker.id).exists()
    if document.image and is_public and release.kind != Release.Kind.WITHDRAW:
        pictures.expose(document.image.id)
    leave(release.activity.uuid)


def leave(uuid: UUID) -> None:
    """After commit the picture of this listing until now goes, unless it or another one still shows it."""
    _hide_after_commit(Listing.objects.filter(uuid=uuid))


def hide_those_of(organisation: Organisation) -> None:
    """A suspended organisation's pictures go with its pages."""
    _hide_after_commit(Listing.objects.filter(organisation=organisation))


def show_all(listings: ListingQuerySet) -> None:
    """Every picture of these listings that the public may see; those that are there stay as they are."""
    for key in _keys(listings.live()):
        pictures.expose(key)


def settle() -> None:
    """Of who was suspended once: what may be seen is there, the rest is gone. Under the catalogue lock."""
    once = Organisation.objects.filter(events__status=Organisation.Status.SUSPENDED)
    for key in _keys(Listing.objects.filter(organisation__in=once)):
        if _is_shown(key):
            pictures.expose(key)
        else:
            pictures.hide(key)


def _hide_after_commit(listings: ListingQuerySet) -> None:
    for key in _keys(listings):
        transaction.on_commit(partial(_hide_unless_shown, key))


def _hide_unless_shown(key: str) -> None:
    if not _is_shown(key):
        pictures.hide(key)


def _is_shown(key: str) -> bool:
    return Listing.objects.live().filter(**{PICTURE: key}).exists()


def _keys(listings: ListingQuerySet) -> list[str]:
    with_picture = listings.exclude(document__image=None)
    return list(with_picture.order_by().values_list(PICTURE, flat=True).distinct())
