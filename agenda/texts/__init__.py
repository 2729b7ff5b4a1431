"""Reads what somebody pasted (a mail, an app message, a poster): rules only, nothing guessed in silence."""

from agenda.texts.base import Draft, Known, Mark, Pasted
from agenda.texts.reader import LONGEST, read

__all__ = ["LONGEST", "Draft", "Known", "Mark", "Pasted", "read"]
