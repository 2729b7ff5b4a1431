"""What the makers' sheet says now, as questions to the agenda: is it there, and what else is?"""

from datetime import date
from typing import Any
from uuid import UUID

from agenda.doubles import Typed
from agenda.forms.sheet import Sheet
from agenda.forms.who import MemberForm, SenderForm
from agenda.models import Activity
from agenda.radar import Held, Hours
from agenda.when import Slot

MOST_DISMISSED = 20


def typed_of(sheet: Sheet) -> Typed:
    """Of a sheet that was validated; what is not well-formed is left out."""
    where = sheet.where
    makers, name = _makers(sheet)
    return Typed(
        title=sheet.what.cleaned_data.get("title", ""),
        slots=_slots(sheet),
        venue=None if where.errors else where.known[0],
        place_text="" if where.errors else where.place_text,
        makers=makers,
        maker_name=name,
        itself=sheet.activity.uuid if sheet.activity else None,
    )


def plan_of(sheet: Sheet, today: date) -> Held | None:
    """The first coming date of the sheet, and for whom and where it is; None as long as there is no date."""
    hours = (Hours.of(slot.start, slot.end, is_all_day=slot.all_day) for slot in _slots(sheet))
    first = next((one for one in hours if one.day >= today), None)
    if first is None:
        return None
    where = {} if sheet.where.errors else sheet.where.values()
    district = where["venue"].district if where.get("venue") else where.get("district")
    return Held(
        hours=first,
        audiences=frozenset(term.code for term in sheet.what.cleaned_data.get("audiences", ())),
        district=district.code if district else "",
    )


def _slots(sheet: Sheet) -> tuple[Slot, ...]:
    understood = sheet.when.understood
    return understood.slots if understood and not sheet.when.errors else ()


def _makers(sheet: Sheet) -> tuple[frozenset[int], str]:
    """For whom it is: the organisation it has, the chosen one, all of one's own until then, or a name."""
    if sheet.activity:
        return _of_activity(sheet.activity)
    if isinstance(sheet.who, MemberForm):
        chosen = sheet.who.cleaned_data.get("organisation")
        own = [chosen] if chosen else sheet.who.own
        return frozenset(one.pk for one in own), sheet.who.cleaned_data.get("sender_organisation", "")
    if isinstance(sheet.who, SenderForm):
        return frozenset(), sheet.who.cleaned_data.get("sender_organisation", "")
    return frozenset(), ""


def _of_activity(activity: Activity) -> tuple[frozenset[int], str]:
    makers = frozenset({activity.organisation_id} if activity.organisation_id else ())
    return makers, activity.sender_organisation


def dismissed(data: Any) -> list[UUID]:
    """Those of which the maker said: this is something else."""
    texts = data.getlist("anders")[:MOST_DISMISSED] if hasattr(data, "getlist") else []
    return list(dict.fromkeys(uuid for text in texts if (uuid := _uuid(text))))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
