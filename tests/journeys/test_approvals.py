"""What is approved comes out, whatever the broker does, and no editor meets an error (see measure.py)."""

from pathlib import Path

import pytest

from tests.faults.conftest import Broker
from tests.journeys import approvals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("mode", approvals.MODES)
def test_approvals_are_outside_within_a_minute(mode: str, tmp_path: Path) -> None:
    found = approvals.run(mode, 3, Broker(tmp_path), pause=0.1, DJANGO_SETTINGS_MODULE="tests.journeys.quick")
    assert [len(seconds) for seconds in found.late.values()] == [3, 3]
