"""One row of the season that goes on: whether, under which name, when, for how much."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.forms.when import Understood, understand
from agenda.renewal import Proposal
from agenda.services.renewal import Renewed
from agenda.when import DayOff, Slot, sentence
from agenda.when.slots import MAX_LENGTH
from cultuurportaal.fields import LineField, MoneyField, ProseField


class RenewalRow(forms.Form):
    """Filled with a proposal. A date sentence that stayed as it was keeps exactly the proposed dates."""

    keep = forms.BooleanField(label=gettext_lazy("Doe mee"), required=False)
    title = LineField(
        label=gettext_lazy("Titel"),
        longest=100,
        error_messages={"required": gettext_lazy("Vul in wat er te doen is")},
    )
    tekst = ProseField(
        label=gettext_lazy("Wanneer"), longest=MAX_LENGTH, required=False, widget=forms.TextInput
    )
    price = MoneyField(label=gettext_lazy("Prijs"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        proposal: Proposal,
        is_made: bool,
        now: datetime,
        days_off: Sequence[DayOff],
    ) -> None:
        self.proposal, self.is_made, self.now, self.days_off = proposal, is_made, now, days_off
        self.understood: Understood | None = None
        self.proposed = sentence(proposal.slots) or ""
        first = {
            "keep": bool(proposal.slots) and not is_made,
            "title": proposal.source.title,
            "tekst": self.proposed,
            "price": proposal.source.price,
        }
        super().__init__(data, initial=first, prefix=proposal.source.uuid.hex)

    @property
    def is_kept(self) -> bool:
        return not self.is_made and bool(self.cleaned_data.get("keep"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("keep"):
            self.errors.clear()  # what does not come along needs no answer
        elif "tekst" in cleaned and cleaned["tekst"] != self.proposed:
            self._read(cleaned["tekst"])
        elif not self.proposal.slots:
            self.add_error(
                "tekst", _("Vul in wanneer het is. Schrijf het zo: zaterdag 28 november 20.00 uur")
            )
        return cleaned

    def _read(self, text: str) -> None:
        """Only what is read without a doubt: there is no room in a row for a second look."""
        self.understood = understand(text, now=self.now, days_off=self.days_off, skip=frozenset())
        reading = self.understood.reading
        doubts = [*self.understood.problems, *self.understood.remarks, *reading.questions]
        doubts += [_("Dit stukje begrepen we niet: %s") % piece for piece in reading.not_understood]
        if not (doubts or self.understood.slots):
            doubts = [_("Vul in wanneer het is. Schrijf het zo: zaterdag 28 november 20.00 uur")]
        for doubt in doubts:
            self.add_error("tekst", doubt)

    @property
    def slots(self) -> Sequence[Slot]:
        return self.understood.slots if self.understood else self.proposal.slots

    def answer(self) -> Renewed:
        cleaned = self.cleaned_data
        return Renewed(self.proposal, cleaned["title"], self.slots, cleaned["price"])
