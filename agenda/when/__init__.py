"""Dutch date sentences: reading them, finding them in a text, saying slots in words, and as a sentence."""

from agenda.when.finding import Passage, gist, passages
from agenda.when.reader import read
from agenda.when.sentence import sentence
from agenda.when.slots import DayOff, Reading, Slot
from agenda.when.words import say

__all__ = ["DayOff", "Passage", "Reading", "Slot", "gist", "passages", "read", "say", "sentence"]
