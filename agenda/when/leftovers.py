"""Says which pieces of the sentence were left out on purpose and which were not understood."""

from django.utils.translation import gettext as _

from agenda.when.exceptions import Off
from agenda.when.notes import Notes
from agenda.when.plan import Holidays, Item, Plan, Vacation


def say_leftovers(text: str, plan: Plan, off: Off, notes: Notes) -> None:
    """Unknown words side by side are one piece, as they were written."""
    for start, end in plan.ignored:
        notes.assume(_("Dit zetten we niet bij de tijd: %(piece)s.") % {"piece": _piece(text, start, end)})
    for start, end in plan.dashed:
        notes.assume(_("We lezen %(piece)s als een datum.") % {"piece": _piece(text, start, end)})
    for start, end in plan.leftover:
        notes.leave(_piece(text, start, end))
    around = [Vacation(name) for name in (plan.before_vacation, plan.after_vacation) if name]
    for item in (*plan.exceptions, *plan.periods, *around):
        if not off.knows(item):
            notes.leave(_name(item))
    if plan.is_choice:
        notes.ask(_("Je schrijft “of”. Welke dag of tijd kies je?"))
    for name in plan.assumptions:
        notes.assume(_reasons()[name])


def say_unused(text: str, plan: Plan, notes: Notes) -> None:
    """Bounds that made no difference: "t/m 20 december" beside two dates."""
    for name in plan.said.keys() & plan.bounds.keys() - plan.used:
        notes.leave(_piece(text, *plan.said[name]))
    for place in plan.unplaced:
        notes.leave(_piece(text, *place))


def _reasons() -> dict[str, str]:
    return {
        "nth-of-month": _("We lezen dit als één keer per maand."),
        "until-month": _("We lezen dit tot het begin van die maand."),
    }


def _piece(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())


def _name(item: Item) -> str:
    if isinstance(item, Vacation):
        return item.name or _("schoolvakanties")
    return _("feestdagen") if isinstance(item, Holidays) else ""
