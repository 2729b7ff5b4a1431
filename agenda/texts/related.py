"""Runs seen together: which is an exception, the first day, the beginning, or says the same once more."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agenda.texts.runs import Run
from agenda.when.kinds import Kind
from agenda.when.vocabulary import WEEKDAYS

_CLOSED = re.compile(
    r"\b(?:sla(?:an)?\b.{0,12}\bover\b|geen|dicht|gesloten|vervalt|vervallen|niet|"
    r"uitgezonderd|behalve|vrij|no)\b",
    re.IGNORECASE,
)
_STARTS = re.compile(
    r"\b(?:start(?:en)?|begin(?:nen|t)?|vanaf|begonnen wordt|eerste (?:les|keer|"
    r"avond|bijeenkomst)(?: is)?)\s(?:we\s|wij\s)?(?:op\s|:\s?)?$",
    re.I,
)
_BETWEEN = re.compile(
    r"\btussen ((?:\w+ )?\d{1,2} [a-z]{3,9}(?: \d{4})?) en ((?:\w+ )?\d{1,2} [a-z]{3,9})", re.IGNORECASE
)
_NIGHT = re.compile(
    r"(?:(?:ma|di|wo|do|vr|za|zo)\w* )?\d{1,2} op (?:ma|di|wo|do|vr|za|zo)\w* \d", re.IGNORECASE
)
_WEEKDAY_WORD = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS)}|ma|di|wo|do|vr|za|zo)(?=(?:ochtend|middag|avond|nacht)?\b)", re.I
)


def beginning(found: list[Run]) -> tuple[list[Run], list[str]]:
    """Of several loose times the one that is called the beginning; the others are its programme."""
    loose = [run for run in found if run.has_time and not run.has_day and not run.is_end]
    begins = [
        run
        for run in loose
        if Kind.BEGINS in run.kinds or re.match(r"\s?(?:uur\s)?aanvang\b", run.after, re.I)
    ]
    if len(loose) < 2 or len(begins) != 1 or any(run.is_whole for run in found):
        return found, []
    others = [run for run in loose if run is not begins[0]]
    return [run for run in found if run not in others], [run.text for run in others]


def related(found: Sequence[Run]) -> list[Run]:
    """Runs seen together: what is an exception, a first day, or a weekday that a date says already."""
    has_series = any(run.is_series or re.match(r"\d+ \w+(?:en|s)\b", run.text) for run in found)
    has_dates = any(run.has_date and not run.is_exception for run in found)
    days = {
        day[0].lower()[:2] for run in found if not run.has_date for day in _WEEKDAY_WORD.finditer(run.text)
    }
    seen = []
    for run in map(_worded, found):
        if has_series and _is_closed(run):
            seen.append(_exception(run))
        elif has_series and run.has_date and not run.has_time and _STARTS.search(run.before):
            seen.append(replace(run, text=f"vanaf {run.text.removeprefix('vanaf ')}"))
        elif has_dates and len(days) == 1 and _is_loose_weekday(run):
            seen += _without_weekday(run)
        else:
            seen.append(run)
    return seen


def _worded(run: Run) -> Run:
    """In the words of the date reader."""
    text = _BETWEEN.sub(r"van \1 t/m \2", run.text)
    if Kind.VACATION in run.kinds and Kind.THROUGH in run.kinds and not run.is_exception:
        text = re.sub(r"^\D+", "", text)
    if _NIGHT.match(text):
        text = f"nacht van {text}"
    return replace(run, text=re.sub(r"^(?:en|,|:)\s+|\ben (?=t/m|tot en met|tot\b)", "", text))


def _is_closed(run: Run) -> bool:
    """A day or a holiday, with "geen" or "dicht" beside it."""
    beside = f"{run.before.rpartition(',')[2][-40:]} {run.text} {run.after.partition(',')[0][:45]}"
    is_day = (run.has_day or run.is_weak) and not run.has_time and not run.is_series
    return is_day and bool(_CLOSED.search(beside))


def _is_loose_weekday(run: Run) -> bool:
    is_day = Kind.WEEKDAY in run.kinds and not run.has_date
    return is_day and not (run.is_series or run.is_exception) and bool(_WEEKDAY_WORD.match(run.text))


def _without_weekday(run: Run) -> list[Run]:
    """Only its time, when it has one."""
    text = _WEEKDAY_WORD.sub("", run.text).strip(" ,")
    has_time = re.search(r"\d|half|kwart", text)
    return [replace(run, text=text, kinds=run.kinds - {Kind.WEEKDAY})] if has_time else []


def _exception(run: Run) -> Run:
    """ "In de voorjaarsvakantie (24 februari) is er geen les": not on that day."""
    kinds = run.kinds | {Kind.EXCEPT}
    text = run.text
    if Kind.EXCEPT in run.kinds:
        return replace(run, is_weak=False)
    if run.has_date and Kind.VACATION in run.kinds:
        text = re.sub(r"^\D+", "", text)
    lead = "niet op" if run.has_date else "niet in de"
    return replace(run, text=f"{lead} {text}", kinds=kinds, is_weak=False)


def joined(some: Sequence[Run]) -> str:
    """A time right after its day belongs to it; other runs are kept apart."""
    text = ""
    for before, run in zip([None, *some], some, strict=False):
        is_beside = (
            before is not None
            and 0 <= run.start - before.end <= 4
            and not before.has_time
            and not run.has_day
        )
        text += run.text if before is None else f" {run.text}" if is_beside else f"; {run.text}"
    return text


def once(some: Sequence[Run]) -> list[Run]:
    seen: set[str] = set()
    kept = []
    for run in some:
        if run.text.lower() not in seen:
            kept.append(run)
            seen.add(run.text.lower())
    return kept


def is_programme(chosen: Sequence[Run]) -> bool:
    """Several runs with only a time: a programme of the day, or times that belong to something else."""
    loose = [run for run in chosen if run.has_time and not run.has_day and not run.is_end]
    bare = [run for run in loose if not run.is_range]
    is_many = len(loose) > 1 or (len(loose) == 1 and any(run.is_whole for run in chosen))
    return is_many and len(bare) > (0 if len(bare) == len(loose) else 1)
