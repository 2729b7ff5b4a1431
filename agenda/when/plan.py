"""What a sentence says, before it meets the calendar: days, times, rules, bounds and exceptions."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date

from agenda.when.feasts import feast_in


@dataclass(frozen=True)
class Day:
    """A written day; year 0 is unwritten, day 0 the last of its month, `feast` names the day instead."""

    month: int = 0
    day: int = 0
    year: int = 0
    weekday: int | None = None
    feast: str = ""
    nth: tuple[int, int] | None = None  # the n-th weekday of `month`

    @classmethod
    def of(cls, day: date) -> "Day":
        return cls(day.month, day.day, day.year)

    def in_year(self, year: int) -> date | None:
        """The date in that year, None when it does not exist."""
        try:
            if self.feast:
                return feast_in(self.feast, year)
            if self.nth:
                return nth_weekday(year, self.month, *self.nth)
            if self.day == 0:
                return date(year, self.month, monthrange(year, self.month)[1])
            return date(year, self.month, self.day)
        except ValueError:
            return None


def nth_weekday(year: int, month: int, n: int, weekday: int) -> date | None:
    """The n-th Monday (0) … Sunday (6) of a month; n below zero counts from the end."""
    before, length = monthrange(year, month)
    earliest = 1 + (weekday - before) % 7
    latest = earliest + (length - earliest) // 7 * 7
    day = earliest + 7 * (n - 1) if n > 0 else latest + 7 * (n + 1)
    return date(year, month, day) if n and 1 <= day <= length else None


@dataclass(frozen=True)
class Span:
    """From one written day to another, both included."""

    first: Day
    last: Day


@dataclass(frozen=True)
class Weekday:
    """A weekday by itself. mode: "" (unsaid), next, this, following, or later with a number of weeks."""

    weekday: int
    mode: str = ""
    weeks: int = 0


@dataclass(frozen=True)
class Nth:
    """The n-th weekday of each month."""

    n: int
    weekday: int


@dataclass(frozen=True)
class MonthDay:
    """A day number of each month."""

    day: int


@dataclass(frozen=True)
class Weekend:
    """Saturday and Sunday of a week, `weeks` from this one."""

    weeks: int = 0


@dataclass(frozen=True)
class Vacation:
    """A school holiday by its name; an empty name means all of them."""

    name: str


@dataclass(frozen=True)
class Month:
    """A whole month, or months, of the year."""

    month: int
    year: int = 0


@dataclass(frozen=True)
class Holidays:
    """All public holidays."""


Item = Day | Span | Weekday | Nth | MonthDay | Weekend | Vacation | Month | Holidays


@dataclass(frozen=True)
class Clock:
    """A written time; spoken means that the hour may be of the morning or of the evening, short that it is
    written with one digit (8.30)."""

    hour: int
    minute: int = 0
    is_spoken: bool = False
    part: str = ""
    is_short: bool = False


@dataclass(frozen=True)
class Hours:
    """A start with, perhaps, an end or a length in minutes; `until` is the day it ends when another one."""

    start: Clock
    end: Clock | None = None
    length: int = 0
    until: Day | None = None


@dataclass
class Group:
    """Days that share their times."""

    items: list[Item] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    is_all_day: bool = False
    part: str = ""
    is_time_first: bool = False
    weekday: int | None = None  # "zaterdagen 5, 12 en 19 december": what each of the dates must be
    closes: Clock | None = None  # "donderdag tot 21 uur": the times before it with another end
    is_also: bool = False  # these times come beside those of other groups on the same day
    is_shared: bool = False  # has its times from its neighbours
    is_night: bool = False  # "in de nacht van 28 op 29 november": small hours are of the next day
    places: tuple[int, int] | None = None  # where its last times stand in the text

    @property
    def has_time(self) -> bool:
        return bool(self.hours) or self.is_all_day


_BOUNDS = (
    "begin",
    "end",
    "before_vacation",
    "after_vacation",
    "season",
    "count",
    "length",
    "lasts",
    "parity",
    "repeat",
)


@dataclass
class Plan:
    """Everything a sentence says."""

    groups: list[Group] = field(default_factory=lambda: [Group()])
    is_every: bool = False
    interval: int = 1
    unit: str = ""
    parity: int | None = None
    is_choice: bool = False
    begin: Day | None = None
    end: Day | None = None
    is_end_open: bool = False  # "tot 1 april": the day itself may or may not count
    before_vacation: str = ""  # the series ends before this school holiday
    after_vacation: str = ""  # the series begins after this school holiday
    season: int = 0  # the year that "het hele seizoen" ends in; 1 when that is not written
    lasts: int = 0  # minutes that each performance lasts
    is_also: bool = False  # "ook" was read, the days for it not yet
    count: int = 0
    length: int = 0  # in days, from the first one
    periods: list[Item] = field(default_factory=list)
    exceptions: list[Item] = field(default_factory=list)
    called_off: list[Item] = field(
        default_factory=list
    )  # "vanavond gaat niet door": unless it is all there is
    kept: list[Item] = field(default_factory=list)
    ignored: list[tuple[int, int]] = field(default_factory=list)
    dashed: list[tuple[int, int]] = field(default_factory=list)  # "5-12" read as a date
    leftover: list[tuple[int, int]] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    said: dict[str, tuple[int, int]] = field(default_factory=dict)  # where each bound stands in the text
    line: tuple[int, int, int] = (1, 0, 0)  # groups, items of the last one, periods where the line begins
    unplaced: list[tuple[int, int]] = field(default_factory=list)  # times that are of no day
    used: set[str] = field(default_factory=set)  # the bounds that made a difference

    @property
    def bounds(self) -> dict[str, object]:
        """What is said once for the whole sentence; what is said twice, or fits nothing, must be named."""
        said = {name: getattr(self, name) for name in _BOUNDS}
        return {name: value for name, value in said.items() if value or (name == "parity" and value == 0)}

    @property
    def is_repeating(self) -> bool:
        return self.is_every or any(isinstance(item, Weekday | Nth | MonthDay) for item in self.items)

    @property
    def repeat(self) -> tuple[int, str] | None:
        """Every how many days, weeks or months, when that is said."""
        is_said = self.is_every and (self.interval > 1 or self.unit)
        return (self.interval, self.unit) if is_said else None

    @property
    def items(self) -> list[Item]:
        return [item for group in self.groups for item in group.items]

    @property
    def has_time(self) -> bool:
        return any(group.has_time for group in self.groups)

    @property
    def has_span(self) -> bool:
        return any(isinstance(item, Span) for item in self.items)

    @property
    def group(self) -> Group:
        return self.groups[-1]
