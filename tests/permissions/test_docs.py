"""The numbers in docs/permissions.md are those of the tables."""

import re
from pathlib import Path

from tests.permissions import test_cells, test_surfaces

DOCS = Path(__file__).parents[2] / "docs" / "permissions.md"


def test_docs_say_how_many_cells_are_tested() -> None:
    tested = sum(len(row) for table in (test_cells.CELLS, test_surfaces.CELLS) for row in table.values())
    text = DOCS.read_text(encoding="utf-8")
    said = [int(number) for number in re.findall(r"^(?:\d+ each|(\d+) cells)", text, re.MULTILINE) if number]
    assert f"holds {tested} of the 3042 cells" in text
    assert tested + sum(said) == 3042
