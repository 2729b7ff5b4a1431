"""The workflow engine: one table of steps per app, the compare-and-set that takes a step (decision 0001)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Step:
    """One row of a workflow table: from which states, to which state."""

    name: str
    before: frozenset[str]
    after: str


class NotAllowed(Exception):  # noqa: N818 - the domain's own word (architecture.md), read as a sentence at the doors
    """The step cannot be taken; carries what stood there instead, so that a door can say so kindly."""

    def __init__(self, reason: str, *, step: str = "", found: str = "", version: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.step = step
        self.found = found
        self.version = version


def steps(rows: Iterable[tuple[str, Iterable[str], str]]) -> Mapping[str, Step]:
    """The workflow table of an app: rows of (step, states before, state after)."""
    return {name: Step(name, frozenset(before), after) for name, before, after in rows}


def take(thing: models.Model, step: Step, *, seen: int | None = None, **fields: Any) -> None:
    """Take `step` on `thing` in one UPDATE that compares status and, when `seen` is given, the version.

    `fields` are set in the same UPDATE. `thing` is brought up to date in memory. Raises NotAllowed with the
    state that was found when somebody else was first (conventions.md: 400 simultaneous pairs, 400 winners).
    """
    rows = type(thing)._default_manager.filter(pk=thing.pk, status__in=step.before)
    if seen is not None:
        rows = rows.filter(version=seen)
    if rows.update(status=step.after, **fields) != 1:
        found = type(thing)._default_manager.values_list("status", "version").get(pk=thing.pk)
        reason = "changed" if found[0] in step.before else "already"
        raise NotAllowed(reason, step=step.name, found=found[0], version=found[1])
    thing.refresh_from_db(fields=["status", *fields])
