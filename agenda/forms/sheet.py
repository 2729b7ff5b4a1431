"""The sheet that a maker fills in: what, when, where, who. Four forms that go out and come back as one."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _

from agenda.document import AMSTERDAM
from agenda.forms.guess import kind_of
from agenda.forms.what import WhatForm
from agenda.forms.when import WhenForm
from agenda.forms.where import WhereForm, near_places
from agenda.forms.who import MemberForm, SenderForm
from agenda.habits import Habits
from agenda.models import Activity
from agenda.services.places import place_in_words
from agenda.when import DayOff, Slot, sentence
from partners import models as partners
from partners.models import City, User
from partners.permissions import Person


class StateForm(forms.Form):
    """What the page remembers for us: which new activity this is, or which version the maker saw."""

    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def clean_token(self) -> Any:
        return self.cleaned_data["token"] or uuid4()


class Sheet:
    """One page of forms. `activity` is the one being edited; a draft may leave everything empty."""

    def __init__(  # noqa: PLR0913 - all but the first two are named
        self,
        data: Any = None,
        files: Any = None,
        *,
        city: City,
        user: Person,
        now: datetime,
        activity: Activity | None = None,
        is_draft: bool = False,
    ) -> None:
        self.now, self.activity, self.is_draft = now, activity, is_draft
        self.usual: set[str] = set()
        first = (
            initial_of(activity)
            if activity
            else {"token": uuid4(), "language": "nl", "price_kind": "unknown"}
        )
        need, near = not is_draft, near_places(user, city)
        if activity and activity.venue in near and not activity.room:
            first |= {"venue": activity.venue.slug, "place": ""}
        self.state = StateForm(data, initial=first)
        self.what = WhatForm(data, files, city=city, is_draft=is_draft, initial=first)
        unsaid = unsaid_dates(activity, str(first["tekst"])) if activity else 0
        self.when = WhenForm(
            data, now=now, days_off=days_off(city), is_needed=need and not unsaid, initial=first
        )
        if unsaid:
            self.when.fields["tekst"].help_text = _(
                "Er staan al %(number)d dagen in. Laat dit leeg, dan blijven die staan."
            ) % {"number": unsaid}
        if not self.when.is_bound:
            self.when.recall()
        self.where = WhereForm(data, city=city, near=near, is_needed=need, initial=first)
        self.who: SenderForm | MemberForm | None = None if activity else _who(data, user)

    def begin_with(self, habits: Habits) -> None:
        """Fill in what this maker usually answers; `usual` remembers which, so that the page can say so."""
        sets = {name: [term.code for term in terms] for name, terms in habits.sets.items()}
        self.what.initial = {**self.what.initial, **habits.values, **sets}
        self.usual = {*habits.values, *sets}
        if habits.place:
            self.where.begin_with(*habits.place)
            self.usual.add("place")

    def __iter__(self) -> Iterator[forms.Form]:
        """In the order of the page, for the summary of mistakes."""
        yield from (self.what, self.when, self.when.calendar, self.where)
        if self.who:
            yield self.who

    def is_valid(self, picture_problem: str = "") -> bool:
        """Whether all can be used; `picture_problem`: what only the door could find out about the picture."""
        self.state.is_valid()
        answers = [form.is_valid() for form in self]  # all of them: each says what is wrong
        if picture_problem:
            self.what.add_error("picture_file", picture_problem)
        return all(answers) and not picture_problem

    @property
    def errors(self) -> bool:
        return any(form.is_bound and form.errors for form in self)

    @property
    def seen(self) -> int:
        """The version that the maker had before them; 0 when the page did not say."""
        return int(self.state.cleaned_data.get("version") or 0)

    def values(self) -> dict[str, Any]:
        """The columns of an activity as far as they are filled in well."""
        cleaned = self.what.cleaned_data
        values = {name: cleaned[name] for name in WhatForm.PLAIN if name in cleaned}
        values = {name: "" if value is None and name in _TEXTS else value for name, value in values.items()}
        if not self.where.errors:
            values |= self.where.values()
        if self.when.understood or "tekst" in self.when.cleaned_data:
            values["when_text"] = self._when_text()
        if not values.get("kind") and values.get("title") and self.activity is None:
            values["kind"] = kind_of(values["title"], self.what.fields["kind"].queryset)  # type: ignore[attr-defined]
        return values

    def sets(self) -> dict[str, Any]:
        cleaned = self.what.cleaned_data
        return {name: list(cleaned[name]) for name in WhatForm.SETS if name in cleaned}

    def slots(self) -> Sequence[Slot] | None:
        """The dates; None when the sentence of an existing activity stayed the same, or could not be read."""
        if self.when.errors or self.when.understood is None:
            return None if self.activity or self.when.errors else ()
        if self.activity and not self._has_new_dates():
            return None
        return self.when.understood.slots

    def _has_new_dates(self) -> bool:
        understood = self.when.understood
        if understood is None:
            return False
        is_same = understood.text == self.when.initial.get("tekst")
        return not is_same or any(day.is_skipped for day in understood.days)

    def _when_text(self) -> str:
        """The maker's words; with skipped days a sentence that says the same dates."""
        understood = self.when.understood
        if understood is None:
            return str(self.when.cleaned_data.get("tekst", ""))
        if any(day.is_skipped for day in understood.days):
            return sentence(understood.slots) or understood.text
        return understood.text


_TEXTS = {"title", "summary", "description", "price_note", "booking_url", "website", "picture_alt", "note"}


def _who(data: Any, user: Person) -> SenderForm | MemberForm:
    return MemberForm(data, user=user) if isinstance(user, User) else SenderForm(data)


def initial_of(activity: Activity) -> dict[str, Any]:
    """What stands in the fields before the maker changes something.

    The dates are written out with their years, so that they mean the same tomorrow.
    """
    slots = [
        Slot(
            one.start.astimezone(AMSTERDAM),
            one.end.astimezone(AMSTERDAM) if one.end else None,
            one.is_all_day,
        )
        for one in activity.moments.all()
    ]
    plain = {name: getattr(activity, name) for name in WhatForm.PLAIN}
    return {
        **plain,
        **{name: [term.code for term in getattr(activity, name).all()] for name in WhatForm.SETS},
        "kind": activity.kind.code if activity.kind else None,
        "tekst": sentence(slots) or activity.when_text,
        "place": place_in_words(activity),
        "district": activity.district.code if activity.district else None,
        "token": activity.token,
        "version": activity.version,
    }


def unsaid_dates(activity: Activity, text: str) -> int:
    """How many dates it has that no sentence can hold (a calendar gave them); 0 when a sentence says them."""
    return 0 if text else activity.moments.count()


def days_off(city: City) -> list[DayOff]:
    """The days off of this city as the date reader takes them."""
    return [
        DayOff(one.name, one.first, one.last, "feestdag" if one.kind == "feestdag" else "schoolvakantie")
        for one in partners.DayOff.objects.of(city)
    ]
