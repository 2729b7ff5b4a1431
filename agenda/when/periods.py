"""Reading periods by their name: a month, a school holiday, after one, the season."""

from datetime import date

from agenda.when.cursor import Cursor
from agenda.when.days import year_at
from agenda.when.groups import add_item
from agenda.when.kinds import Kind
from agenda.when.plan import Day, Month, Plan, Span, Vacation

RANGES = (Kind.THROUGH, Kind.DASH, Kind.UNTIL)
_VAGUE = (Kind.FUZZY, Kind.HALF, Kind.BEGINS, Kind.ENDS, Kind.UNKNOWN)


def parse_month(cursor: Cursor, plan: Plan, _today: date) -> int:
    """A whole month as the period of a series; "eind mei" is too vague."""
    if cursor.kind(cursor.place - 1) in _VAGUE:
        return 0
    month = cursor.at(cursor.place).number
    year, after = year_at(cursor, cursor.place + 1)
    following = cursor.kind(after), cursor.kind(after + 1)
    if following[0] in RANGES and following[1] is Kind.MONTH:
        last_year, end = year_at(cursor, after + 2)
        if following[0] is Kind.DASH and cursor.kind(end) is Kind.DASH and cursor.kind(end + 1) is Kind.MONTH:
            return _parse_chain(cursor, plan)
        last = Day(cursor.at(after + 1).number, 0, last_year)
        add_item(plan, Span(Day(month, 1, year), last))
        return end
    plan.periods.append(Month(month, year))
    return after


def _parse_chain(cursor: Cursor, plan: Plan) -> int:
    """Jan - feb - mrt 2027: each of these months, of the year at the end."""
    place, months = cursor.place, []
    while cursor.kind(place) is Kind.MONTH:
        months.append(cursor.at(place).number)
        year, after = year_at(cursor, place + 1)
        place = after + (cursor.kind(after) in (Kind.DASH, Kind.AND) and cursor.kind(after + 1) is Kind.MONTH)
    plan.periods += [Month(month, year) for month in months]
    return after


def parse_vacation(cursor: Cursor, plan: Plan, _today: date) -> int:
    name, before = cursor.at(cursor.place).name, cursor.kind(cursor.place - 1)
    if not name or before is Kind.UNKNOWN:
        return 0
    plan.periods.append(Vacation(name))
    return cursor.place + 1


def parse_after(cursor: Cursor, plan: Plan, _today: date) -> int:
    """ "Na de kerstvakantie": the series begins when that is over."""
    following = cursor.at(cursor.place + 1)
    if following.kind is not Kind.VACATION or not following.name:
        return 0
    plan.after_vacation = following.name
    return cursor.place + 2


def parse_season(cursor: Cursor, plan: Plan, _today: date) -> int:
    """ "Het hele seizoen", "seizoen 2026-2027"; not "volgend seizoen", which nobody can place."""
    place = cursor.place
    if cursor.kind(place - 1) in (Kind.WEEK, Kind.UNKNOWN):
        return 0
    year, years_end = year_at(cursor, place + 1)
    if not year:
        plan.season = 1
        return place + 1
    last, end = year_at(cursor, years_end + 1)
    if cursor.kind(years_end) not in (Kind.DASH, Kind.COMMA) or last != year + 1:
        return 0
    plan.season = last
    return end


def parse_until_season(cursor: Cursor, _plan: Plan, _today: date) -> int:
    """Leaves "tot het einde van het" to the season after it."""
    place = cursor.place
    while cursor.kind(place) in (Kind.BETWEEN, Kind.ENDS, Kind.UNTIL, Kind.THROUGH):
        place += 1
    return place if cursor.kind(place) is Kind.SEASON else 0
