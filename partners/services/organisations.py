"""What happens to an organisation: made, accepted, suspended, merged, renamed."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from cultuurportaal.workflow import NotAllowed, take
from partners import signals
from partners.models import City, Membership, Organisation, User, Venue
from partners.permissions import may_edit_organisation, may_moderate_organisations
from partners.services.people import end_sessions
from partners.workflow import ORGANISATION

PROFILE = frozenset({"name", "description", "website", "mail", "phone", "district"})
PROFILE_SETS = frozenset({"disciplines", "districts"})
MOST_WAITING = 3


@transaction.atomic
def apply_for_organisation(name: str, *, city: City, by: User) -> Organisation:
    """A new organisation of which `by` is the owner; invisible to the public until an editor accepts it.

    The same name again, while it waits, makes nothing and gives back the first one. NotAllowed: "too_many"
    of this person wait already.
    """
    _one_at_a_time(city)
    waiting = Organisation.objects.filter(status=Organisation.Status.APPLIED, memberships__user=by)
    if before := waiting.filter(name__iexact=name).first():
        return before
    if waiting.count() >= MOST_WAITING:
        raise NotAllowed("too_many", step="apply")
    organisation = Organisation.objects.create(city=city, name=name, slug=free_slug(name))
    Membership.objects.create(user=by, organisation=organisation, role=Membership.Role.OWNER)
    return organisation


@transaction.atomic
def create_organisation(name: str, *, city: City, by: User) -> Organisation:
    """Made by an editor, for instance to link what somebody without an account sent in; active at once."""
    _check_moderator(by, "create")
    _one_at_a_time(city)
    organisation = Organisation.objects.create(city=city, name=name, slug=free_slug(name))
    take(organisation, ORGANISATION["accept"])
    return organisation


def accept(organisation: Organisation, *, by: User) -> None:
    _check_moderator(by, "accept")
    take(organisation, ORGANISATION["accept"])


@transaction.atomic
def suspend(organisation: Organisation, *, by: User) -> None:
    """Nothing of it is public any more, and its members are signed out at their next request."""
    _check_moderator(by, "suspend")
    take(organisation, ORGANISATION["suspend"], is_trusted=False)
    end_sessions(User.objects.filter(memberships__organisation=organisation))
    _tell(organisation)


@transaction.atomic
def restore(organisation: Organisation, *, by: User) -> None:
    _check_moderator(by, "restore")
    take(organisation, ORGANISATION["restore"])
    _tell(organisation)


def trust(organisation: Organisation, *, by: User) -> None:
    """What it sends in is placed at once, and checked afterwards."""
    _check_moderator(by, "trust")
    if not Organisation.objects.active().filter(pk=organisation.pk).update(is_trusted=True):
        raise NotAllowed("already", step="trust", found=organisation.status)
    organisation.is_trusted = True


def stop_trusting(organisation: Organisation, *, by: User) -> None:
    _check_moderator(by, "stop_trusting")
    Organisation.objects.filter(pk=organisation.pk).update(is_trusted=False)
    organisation.is_trusted = False


@transaction.atomic
def merge(organisation: Organisation, *, into: Organisation, by: User) -> None:
    """`into` takes over members, venues and what waits; the address of `organisation` then leads to it."""
    _check_moderator(by, "merge")
    if into.pk == organisation.pk or into.status != Organisation.Status.ACTIVE:
        raise NotAllowed("into", step="merge", found=into.status)
    take(organisation, ORGANISATION["merge"], replaced_by=into, is_trusted=False)
    known = into.memberships.values("user_id")
    organisation.memberships.exclude(user_id__in=known).update(organisation=into)
    Venue.objects.filter(organisation=organisation).update(organisation=into)
    organisation.spaces.update(organisation=into)
    organisation.place_proposals.update(organisation=into)
    undecided = organisation.claims.filter(approved_at=None, rejected_at=None)
    undecided.exclude(email__in=into.claims.values("email")).update(organisation=into)
    _tell(organisation)


@transaction.atomic
def rename(organisation: Organisation, *, name: str, by: User) -> None:
    """A new name reaches everything that is public; the address stays, so links keep working."""
    if not may_edit_organisation(by, organisation):
        raise NotAllowed("organisation", step="rename")
    organisation.name = name
    organisation.save(update_fields=["name"])
    _tell(organisation)


@transaction.atomic
def describe(
    organisation: Organisation,
    *,
    fields: Mapping[str, Any],
    sets: Mapping[str, Iterable[Any]],
    seen: int,
    by: User,
) -> None:
    """What it says about itself to the public, live at once; editors see afterwards that it changed.

    NotAllowed: "organisation", or "changed" when somebody saved in between; nothing is written then.
    """
    if not may_edit_organisation(by, organisation):
        raise NotAllowed("organisation", step="describe")
    if not (PROFILE.issuperset(fields) and PROFILE_SETS.issuperset(sets)):
        raise NotAllowed("field", step="describe")
    row = Organisation.objects.filter(pk=organisation.pk, version=seen)
    if not row.update(**fields, version=F("version") + 1):
        raise NotAllowed("changed", step="describe", found=organisation.status)
    organisation.refresh_from_db()
    for name, words in sets.items():
        getattr(organisation, name).set(words)
    _tell(organisation)


def _one_at_a_time(city: City) -> None:
    """Until the end of the transaction: two new ones at once would find the same address free."""
    City.objects.select_for_update(no_key=True).get(pk=city.pk)


def free_slug(name: str, model: type[Organisation] | type[Venue] = Organisation) -> str:
    """The name as part of an address, with a number behind it when another one has it already."""
    base = slugify(name)[:70] or ("organisatie" if model is Organisation else "plek")
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in _numbered(base) if slug not in taken)


def _numbered(base: str) -> Iterator[str]:
    yield base
    yield from (f"{base}-{number}" for number in count(2))


def _check_moderator(by: User, step: str) -> None:
    if not may_moderate_organisations(by):
        raise NotAllowed("organisation", step=step)


def _tell(organisation: Organisation) -> None:
    signals.organisation_changed.send(sender=Organisation, instance=organisation)
