"""What one subscriber wants different: cancelled dates, a reminder, more detail. Pure."""

from dataclasses import dataclass
from typing import Final

from agenda.document import Document
from agenda.ical import rich
from agenda.ical.changes import alarm, in_title_only, is_off, with_parts

CANCELLED: Final = ("tonen", "titel", "weg")
PROFILES: Final = ("rijk",)
LONGEST_REMINDER: Final = 28 * 24 * 60  # minutes


@dataclass(frozen=True)
class Wish:
    """`cancelled`: 'tonen' (STATUS and word in the title), 'titel' (word only) or 'weg' (left out)."""

    cancelled: str = "tonen"
    reminder: int | None = None
    is_rich: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the stored text is sent as it is."""
        return self == PLAIN

    def text(self, vevent: str, document: Document | None = None) -> str:
        """The text for this subscriber, '' when it is left out. `document` is needed for the rich profile.

        What does not take place gives no reminder.
        """
        is_gone = is_off(vevent)
        if is_gone and self.cancelled == "weg":
            return ""
        if self.is_rich and document:
            vevent = with_parts(vevent, rich.parts(document))
        if self.reminder is not None and not is_gone:
            vevent = with_parts(vevent, [alarm(self.reminder, "Herinnering uit de cultuuragenda")])
        return in_title_only(vevent) if self.cancelled == "titel" else vevent


PLAIN: Final = Wish()
