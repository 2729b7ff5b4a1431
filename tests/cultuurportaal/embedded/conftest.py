"""One `var` for all these tests: making a cluster takes longer than starting it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cultuurportaal import embedded


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A `var` whose cluster exists; stopped again at the end."""
    var = tmp_path_factory.mktemp("made") / "var"
    embedded.start(var, fast=True)
    yield var
    embedded.stop(var)


@pytest.fixture
def var(made: Path) -> Iterator[Path]:
    """The same `var`, stopped before the test begins."""
    embedded.stop(made)
    yield made
    embedded.stop(made)
