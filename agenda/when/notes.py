"""What the reader has to say while it reads: assumptions, questions, errors, pieces it could not use."""

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Notes:
    """Sentences for the maker, each one once, in the order in which they came up."""

    assumptions: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    questioned: list[date] = field(default_factory=list)

    def assume(self, text: str) -> None:
        _once(self.assumptions, text)

    def ask(self, text: str) -> None:
        _once(self.questions, text)

    def ask_about(self, day: date, text: str = "") -> None:
        """A day that may be skipped; without a text the answer is known already."""
        self.questioned.append(day)
        if text:
            self.ask(text)

    def refuse(self, text: str) -> None:
        _once(self.errors, text)

    def leave(self, text: str) -> None:
        _once(self.unused, text)


def _once(texts: list[str], text: str) -> None:
    if text not in texts:
        texts.append(text)
