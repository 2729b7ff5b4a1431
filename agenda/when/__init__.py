"""Dutch date sentences: reading them, saying slots in words, and writing slots as a sentence."""

from agenda.when.reader import read
from agenda.when.sentence import sentence
from agenda.when.slots import DayOff, Reading, Slot
from agenda.when.words import say

__all__ = ["DayOff", "Reading", "Slot", "read", "say", "sentence"]
