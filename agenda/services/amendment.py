"""Changing what is already let through: the public text plus exactly these values, never pending text."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from agenda.models import Activity, Release
from agenda.services import decision, publication
from partners.models import User

Patch = Callable[[dict[str, Any]], dict[str, Any]]


def amend(  # noqa: PLR0913 - all but the first are named
    activity: Activity, patch: Patch, *, kind: str, rule: str, by: User | None, now: datetime
) -> Release | None:
    """Publish the public text with `patch` at once, give what waits the same patch; the newest release.

    A waiting release is voided and issued again, patched, with a higher number and its own moment. None when
    neither changes. The caller is in a transaction, took the catalogue lock first and then holds the row of
    the activity.
    """
    public, waiting = (
        decision.last_published(activity),
        Release.objects.open().filter(activity=activity).first(),
    )
    is_public_touched = _is_public(public) and _is_touched(public, patch)
    if not (is_public_touched or _is_touched(waiting, patch)):
        return None
    decision.void_open(activity, now=now)
    made: Release | None = None
    if public and is_public_touched:
        text = patch(public.snapshot)
        made = decision.decide(activity, kind=kind, rule=rule, snapshot=text, by=by, now=now, publish_at=now)
        publication.put(made)
    if waiting:
        issued = issue_again(activity, waiting, patch, now=now)
        made = made or issued
    return made


def _is_public(release: Release | None) -> bool:
    return release is not None and release.kind != Release.Kind.WITHDRAW


def _is_touched(release: Release | None, patch: Patch) -> bool:
    return release is not None and patch(release.snapshot) != release.snapshot


def issue_again(activity: Activity, waiting: Release, patch: Patch, *, now: datetime) -> Release:
    """The same decision by the same person, at its own moment, with the patch."""
    issued = decision.decide(
        activity,
        kind=waiting.kind,
        rule=waiting.rule,
        snapshot=patch(waiting.snapshot),
        by=waiting.by,
        now=now,
        publish_at=waiting.publish_at,
        seen_version=waiting.seen_version,
    )
    decision.announce(issued, now=now)
    return issued
