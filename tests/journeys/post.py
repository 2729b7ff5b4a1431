"""The mail that the portal sends in the journeys: files, as in the embedded run."""

import re
import time
from pathlib import Path

import pytest
from django.conf import settings

from cultuurportaal.postbox import Letter, letters

CODE = re.compile(r"^\s*(\d{6})\s*$", re.MULTILINE)


class Post:
    """All mail since this was made."""

    def __init__(self) -> None:
        self.folder = Path(settings.EMAIL_FILE_PATH)
        self.before = {letter.name for letter in self._all()}

    def to(self, address: str) -> list[Letter]:
        """Newest first."""
        return [one for one in self._all() if one.to == address and one.name not in self.before]

    def wait_for(self, address: str, subject: str = "", seconds: float = 60) -> Letter:
        """The newest mail to this address, with these words in its subject."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := [one for one in self.to(address) if subject in one.subject]:
                return found[0]
            time.sleep(0.1)
        pytest.fail(f"no mail '{subject}' to {address} in {seconds:.0f} s")

    def code(self, address: str) -> str:
        """The six digits of the newest mail, which then is read."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            for one in self.to(address):
                if found := CODE.search(one.text):
                    self.before.add(one.name)
                    return found[1]
            time.sleep(0.1)
        pytest.fail(f"no code to {address} in 60 s")

    def _all(self) -> list[Letter]:
        return letters(self.folder)
