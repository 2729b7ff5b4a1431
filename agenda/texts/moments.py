"""The days and times of a text as one sentence for the date reader (`agenda.when`)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from agenda.texts.base import Clue
from agenda.texts.related import beginning, is_programme, joined, once, related
from agenda.texts.roles import is_aside, is_off, without_doors, without_moved
from agenda.texts.runs import Run, runs
from agenda.when import DayOff, Reading
from agenda.when import read as read_sentence
from agenda.when.kinds import Kind
from agenda.when.slots import MAX_LENGTH
from agenda.when.vocabulary import WEEKDAYS
from agenda.when.words import full_day

MOST_RUNS = 40
_LAST = re.compile(r"(?:laatste|eind|einde|afsluit\w*|slot)\b", re.IGNORECASE)


class Moments:
    """Reads the runs of one text; `clue` has the sentence, `left` what was put aside."""

    def __init__(self, covered: str, *, now: datetime, days_off: Sequence[DayOff]) -> None:
        self.now, self.days_off = now, days_off
        text, self.left = without_doors(covered)
        text, moved = without_moved(text)
        found = list(runs(text))[:MOST_RUNS]
        kept = [run for run in found if not is_aside(run)]
        if any(run.has_day and not is_off(run) for run in kept):
            kept = [run for run in kept if not is_off(run)]
        self.left += [*moved, *(run.text for run in found if run not in kept)]
        self.runs, begin = beginning(related(kept))
        self.left += begin
        self.has_day = False
        self.read_before: dict[str, Reading] = {}

    def clue(self) -> Clue:
        chosen = self._chosen()
        self.has_day = any(run.has_day for run in chosen)
        if not chosen:
            return Clue()
        return Clue(joined(chosen), tuple(run.span for run in chosen), tuple(self._notes(chosen)))

    def _notes(self, chosen: Sequence[Run]) -> list[str]:
        notes = []
        unused = [
            run
            for run in self.runs
            if run not in chosen and not run.is_weak and not self._is_said(run, chosen)
        ]
        self.left += [run.text for run in unused if run.is_end]
        unused = [run for run in unused if not run.is_end]
        if unused:
            said = "; ".join(run.text for run in unused)
            notes.append(_("Dit gebruikten we niet voor de datum: %(text)s.") % {"text": said})
        if is_programme(chosen):
            notes.append(_("Er staan meer tijden op één dag. Kijk of ze allemaal kloppen."))
        return [*notes, *self._bare_days(chosen), *self._other_weekdays(chosen)]

    def _bare_days(self, chosen: Sequence[Run]) -> Iterator[str]:
        """Days without a time, in another sentence than the days that have one."""
        whole = [run for run in chosen if run.is_whole]
        has_series = any(run.is_series for run in whole)
        for run in self.runs:
            is_beside = bool(whole) and all(
                run.sentence != one.sentence and not 0 <= one.start - run.end <= 4 for one in whole
            )
            is_new = run in chosen and not self._is_said(run, whole)
            is_inside = has_series and run not in chosen
            if is_beside and _is_bare(run, has_series=has_series) and (is_new or is_inside):
                yield _("Bij %(day)s staat geen tijd. Hoort die dag erbij?") % {"day": run.text}

    def _other_weekdays(self, chosen: Sequence[Run]) -> Iterator[str]:
        """A weekday beside a date that is another day."""
        for run in chosen:
            if run.weekday is None:
                continue
            for slot in self._read([replace(run, text=f"{run.text} hele dag")]).slots:
                if slot.start.weekday() != run.weekday:
                    said = {"day": full_day(slot.start.date()), "other": WEEKDAYS[run.weekday]}
                    yield _("In de tekst staat %(other)s, maar het is %(day)s.") % said

    def _chosen(self) -> list[Run]:
        """The first way of putting the runs together that is fully understood; else the best."""
        tried: list[tuple[tuple[int, int], list[Run]]] = []
        for make in self._options():
            option = make()
            if not option or len(joined(option)) > MAX_LENGTH:
                continue
            reading = self._read(option)
            cost = (len(reading.errors), len(reading.not_understood))
            if cost == (0, 0):
                return option
            tried.append((cost, option))
        return min(tried, key=lambda pair: pair[0])[1] if tried else []

    def _options(self) -> list[Callable[[], list[Run]]]:
        firm = [run for run in self.runs if not run.is_weak]
        whole = [run for run in self.runs if run.is_whole]

        def fresh() -> list[Run]:
            return once([run for run in firm if run.is_whole or not self._is_said(run, whole)])

        def first_of_each() -> list[Run]:
            days = [run for run in firm if run.has_day][:1]
            return days + [run for run in firm if run.has_time and not run.has_day][:1]

        start = fresh if whole else lambda: once(self.runs)
        return [
            start,
            lambda: once(firm),
            lambda: once(self.runs),
            lambda: once(whole),
            lambda: whole[:1],
            first_of_each,
        ]

    def _is_said(self, run: Run, others: Sequence[Run]) -> bool:
        """Its days or times are among those of the others: it only says them again."""
        is_bound = bool({Kind.THROUGH, Kind.UNTIL, Kind.FROM} & run.kinds) and run.has_date
        if not others or run.is_exception or (is_bound and not run.has_time):
            return False
        if run.has_day:
            mine = self._read([run if run.has_time else replace(run, text=f"{run.text} hele dag")]).slots
            theirs = {slot.start.date() for slot in self._read(others).slots}
            return bool(mine) and {slot.start.date() for slot in mine} <= theirs
        words = " ".join(one.text for one in others)
        return re.sub(r"^(?:om|vanaf|van|aanvang|begin|start)\s", "", run.text, flags=re.I) in words

    def _read(self, some: Sequence[Run]) -> Reading:
        text = joined(some)[:MAX_LENGTH]
        if text not in self.read_before:
            self.read_before[text] = read_sentence(text, now=self.now, days_off=self.days_off)
        return self.read_before[text]


def _is_bare(run: Run, *, has_series: bool) -> bool:
    """Names a day, or beside a series another one, and no time; bounds and exceptions need none."""
    if run.has_time or run.is_exception or run.is_weak:
        return False
    if run.is_series:
        return has_series and run.has_day
    bounds = {Kind.THROUGH, Kind.UNTIL, Kind.FROM} & run.kinds
    return run.has_date and not bounds and not _LAST.match(run.text)
