"""Sources of an organisation: add one, read it again, and say it when that keeps failing."""

import hashlib
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from agenda import notifications, permissions
from agenda.imports import sandbox, turn
from agenda.imports.base import Findings
from agenda.imports.sync import Tally, sync
from agenda.models import Source
from agenda.tasks import read_source
from cultuurportaal.fetch import MOST_SECONDS, Fetched, LinkRefused, fetch, web_address
from cultuurportaal.nudge import nudge
from cultuurportaal.workflow import NotAllowed
from partners.models import Membership, Organisation, User
from partners.permissions import Person

EVERY = timedelta(minutes=55)
MOST_FOR_ONE = 20
TOLD_AT = 5
EMPTY = "no_events"


@transaction.atomic
def add(organisation: Organisation, *, url: str, by: Person, now: datetime) -> Source:
    """Follow a feed from now on; the same address is the same source. Raises LinkRefused, NotAllowed."""
    if not permissions.may_change_sources(by, organisation):
        raise NotAllowed("forbidden", step="add")
    address = web_address(url)
    if organisation.sources.filter(kind=Source.Kind.FEED, is_active=True).count() >= MOST_FOR_ONE:
        raise NotAllowed("many", step="add")
    source, _is_new = Source.objects.update_or_create(
        organisation=organisation,
        kind=Source.Kind.FEED,
        url=address,
        defaults={"is_active": True, "failures": 0, "problem": ""},
        create_defaults={
            "name": address.split("/")[2][:200],
            "added_by": by if isinstance(by, User) else None,
            "added_at": now,
        },
    )
    transaction.on_commit(partial(nudge, read_source, source.pk))
    return source


def keep_drafts(
    organisation: Organisation, name: str, findings: Findings, *, by: User, now: datetime
) -> Tally:
    """Drafts of what a file or a page told once; reading it again finds the same ones."""
    if not permissions.may_create(by, organisation):
        raise NotAllowed("forbidden", step="keep")
    source, _is_new = Source.objects.get_or_create(
        organisation=organisation,
        kind=Source.Kind.FILE if findings.kind == "ics" else Source.Kind.PAGE,
        url=name[:2000],
        defaults={"name": name[:200], "added_by": by, "added_at": now, "is_active": False},
    )
    tally = take_in(source, findings, by=by, now=now)
    Source.objects.filter(pk=source.pk).update(checked_at=now, worked_at=now)
    return tally


def follow(source: Source, *, is_active: bool, by: Person) -> None:
    """Stop following a feed, or begin again. What came from it stays."""
    if not permissions.may_change_sources(by, source.organisation):
        raise NotAllowed("forbidden", step="follow")
    Source.objects.filter(pk=source.pk).update(is_active=is_active, failures=0)


def read_now(source: Source, *, by: Person, now: datetime) -> Tally | None:
    """Read a source at once, because somebody asks and waits for the page."""
    if not permissions.may_change_sources(by, source.organisation):
        raise NotAllowed("forbidden", step="read")
    return refresh(source, now=now, seconds=turn.SECONDS)


def refresh_due(now: datetime) -> int:
    """Nudge for every feed that was not read in this hour; returns how many."""
    due = Source.objects.followed().exclude(checked_at__gt=now - EVERY)
    keys = list(due.values_list("pk", flat=True))
    for key in keys:
        nudge(read_source, key)
    return len(keys)


def refresh(source: Source, *, now: datetime, seconds: float = MOST_SECONDS) -> Tally | None:
    """Read a feed and follow what changed; None when nothing could be read or nothing changed."""
    try:
        got = fetch(source.url, etag=source.etag, modified=source.modified, seconds=seconds)
    except LinkRefused as refusal:
        _failed(source, refusal.reason, now)
        return None
    digest = hashlib.sha256(got.body).hexdigest()
    if got.is_same or digest == source.digest:
        _worked(source, got, source.digest, now)
        return None
    findings = sandbox.read(got.body, now=now, url=got.url, content_type=got.content_type)
    if findings.refused and findings.refused != EMPTY:
        _failed(source, findings.refused, now)
        return None
    by = speaker(source)
    if by is None:
        _failed(source, "no_member", now)
        return None
    tally = take_in(source, findings, by=by, now=now)
    _worked(source, got, digest, now)
    if tally.later:
        Source.objects.filter(pk=source.pk).update(digest="", etag="", modified="")
    return tally


def take_in(source: Source, findings: Findings, *, by: User, now: datetime) -> Tally:
    """What was read becomes drafts; its remarks are kept for who looks at the source."""
    tally = sync(source, findings, by=by, now=now)
    remarks = [[one.code, one.detail] for one in findings.problems][:200]
    Source.objects.filter(pk=source.pk).update(
        report=[*([["empty_now", ""]] if findings.refused == EMPTY else []), *remarks]
    )
    return tally


def speaker(source: Source) -> User | None:
    """Who the drafts are of: who added the source, while a member; else an owner, else another member."""
    rows = Membership.objects.filter(organisation=source.organisation, user__is_active=True)
    members = list(rows.select_related("user"))
    owner = Membership.Role.OWNER
    members.sort(key=lambda one: (one.user_id != source.added_by_id, one.role != owner, one.pk))
    return members[0].user if members else None


def _worked(source: Source, got: Fetched, digest: str, now: datetime) -> None:
    Source.objects.filter(pk=source.pk).update(
        checked_at=now,
        worked_at=now,
        failures=0,
        problem="",
        digest=digest,
        etag=got.etag or source.etag if got.is_same else got.etag,
        modified=got.modified or source.modified if got.is_same else got.modified,
    )


@transaction.atomic
def _failed(source: Source, problem: str, now: datetime) -> None:
    """Counted; the fifth time in a row its owners hear it, once."""
    failures = min(source.failures + 1, 1000)
    Source.objects.filter(pk=source.pk).update(checked_at=now, failures=failures, problem=problem)
    source.refresh_from_db()
    if failures == TOLD_AT:
        notifications.source_failing(source, now=now)
