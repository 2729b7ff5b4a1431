"""The invented year laid over the calendar of today: this season and the next, weekdays kept."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from agenda.document import AMSTERDAM
from agenda.when import Slot
from agenda.when.vocabulary import WEEKDAYS

YEAR = timedelta(weeks=52)


def seasons(begin: date, today: date) -> tuple[timedelta, timedelta]:
    """How far to move the invented year that starts on `begin`, so that it is now, and so that it is next."""
    this = (today - begin) // YEAR * YEAR
    return this, this + YEAR


def moved(text: str, shift: timedelta) -> datetime:
    """An ISO 8601 moment of the invented year, moved in whole weeks; the hour on the clock stays."""
    local = datetime.fromisoformat(text).astimezone(AMSTERDAM).replace(tzinfo=None) + shift
    return local.replace(tzinfo=AMSTERDAM)


def slots(planning: dict[str, Any], shift: timedelta) -> list[Slot]:
    """Every date as it was first planned, in order; an exhibition is one for each day that it is open."""
    if planning["periode"]:
        return list(opening_days(planning["periode"], shift))
    return sorted(first_planned(one, shift) for one in planning["uitvoeringen"])


def first_planned(one: dict[str, Any], shift: timedelta) -> Slot:
    start, end = moved(one["start"], shift), moved(one["einde"], shift)
    planned = moved(one["vorige_start"], shift) if one.get("vorige_start") else start
    return Slot(planned, planned + (end - start))


def opening_days(period: dict[str, Any], shift: timedelta) -> Iterator[Slot]:
    closed = {date.fromisoformat(one["datum"]) for one in period["gesloten"]}
    day, last = date.fromisoformat(period["van"]), date.fromisoformat(period["tot_en_met"])
    while day <= last:
        hours = period["openingstijden"].get(WEEKDAYS[day.weekday()])
        if hours and day not in closed:
            begin, end = (time.fromisoformat(hour) for hour in hours)
            there = day + shift
            yield Slot(datetime.combine(there, begin, AMSTERDAM), datetime.combine(there, end, AMSTERDAM))
        day += timedelta(days=1)
