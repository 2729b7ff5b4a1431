"""Folders and users: private stays private, root stays out."""

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cultuurportaal import embedded
from cultuurportaal.embedded import addresses
from tests.cultuurportaal.embedded.servers import CLEAN, broker, call, modes, query

IS_ROOT = os.geteuid() == 0


def test_private_folder_under_a_private_parent_stays_private(tmp_path: Path) -> None:
    parent, folder = tmp_path / "private", tmp_path / "private" / "clone"
    for made_here in (parent, folder):
        made_here.mkdir(mode=0o700)
    watched = [folder, *folder.parents]
    before = modes(*watched)
    embedded.start(folder / "var", fast=True)
    assert query(folder / "var", "SELECT 1") == [(1,)]
    assert modes(folder / "var" / "pg", folder / "var" / "valkey") == [(0o700, os.geteuid())] * 2
    embedded.stop(folder / "var")
    assert modes(*watched) == before


def test_postgres_never_runs_with_the_rights_of_root(var: Path) -> None:
    embedded.start(var, fast=True)
    for pid in embedded.status(var):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        rights = [line.split()[1] for line in lines if line.startswith(("CapEff", "CapPrm"))]
        assert rights == ["0" * 16, "0" * 16]


def test_long_path_works_through_a_private_short_folder(tmp_path: Path) -> None:
    var = tmp_path / ("lange naam " * 9).strip() / "var"
    embedded.start(var, fast=True)
    short = addresses.place(var).short
    assert short is not None
    assert modes(short) == [(0o700, os.geteuid())]
    assert query(var, "SELECT 1") == [(1,)]
    assert broker(var).ping() is True
    embedded.stop(var)
    assert not short.exists()


def test_short_folder_that_is_a_link_is_refused(tmp_path: Path, made: Path) -> None:
    var = tmp_path / ("x" * 110)
    short = addresses.place(var).short
    assert short is not None
    short.symlink_to(tmp_path)
    try:
        with pytest.raises(embedded.EmbeddedError, match=f"^{short} is geen map: kies met VAR_DIR"):
            embedded.start(var, fast=True)
    finally:
        short.unlink()


def can_call_as(user: int, var: Path) -> bool:
    """Not where Python or this folder is behind a door that is closed to others."""
    try:
        return call(var, "stop", user=user).returncode == 0
    except PermissionError:
        return False


@pytest.fixture
def ordinary() -> Iterator[tuple[Path, dict[str, object]]]:
    """A folder of an ordinary user and how to run as them: ourselves, else nobody, else in a namespace."""
    home = Path(tempfile.mkdtemp(prefix="ordinary-"))
    nobody = pwd.getpwnam("nobody").pw_uid
    options: dict[str, object] = {}
    if IS_ROOT:
        options = {"user": nobody}
        os.chown(home, nobody, -1)
        if not can_call_as(nobody, home / "unused"):
            os.chown(home, 0, -1)
            options = {"prefix": ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")}
    yield home, options
    shutil.rmtree(home)


def test_ordinary_user_starts_and_stops_in_an_own_folder(ordinary: tuple[Path, dict[str, object]]) -> None:
    home, options = ordinary
    started = call(home / "var", "start", **options)
    assert (started.returncode, started.stderr) == (0, "")
    assert query(home / "var", "SELECT 1") == [(1,)]
    owners = {path.stat().st_uid for path in (home / "var").rglob("*")}
    assert owners == {home.stat().st_uid}
    embedded.stop(home / "var")
    embedded.start(home / "var", fast=True)
    assert {path.stat().st_uid for path in (home / "var").rglob("*")} == owners
    assert call(home / "var", "stop", **options).returncode == 0
    assert embedded.status(home / "var") == (None, None)


def test_folder_without_write_permission_is_one_sentence(ordinary: tuple[Path, dict[str, object]]) -> None:
    home, options = ordinary
    home.chmod(0o500)
    done = call(home / "var", "start", **options)
    assert (done.returncode, done.stderr) == (
        1,
        f"U mag niet schrijven in {home}/var: kies met VAR_DIR een map van uzelf.\n",
    )
    home.chmod(0o700)


def test_folder_of_another_user_is_one_sentence(ordinary: tuple[Path, dict[str, object]]) -> None:
    home, options = ordinary
    others = Path("/usr")
    if IS_ROOT:
        others = home / "others"
        others.mkdir()
        os.chown(others, 12345, -1)
    (home / "pg").symlink_to(others)
    done = call(home, "start", **options)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith(f"De map {home}/pg is van gebruiker ")


def test_root_without_namespaces_becomes_nobody_or_says_why_not(made: Path) -> None:
    home = Path(tempfile.mkdtemp(prefix="bare-"))
    home.chmod(0o755)
    done = call(home / "var", "start", env={**CLEAN, "PATH": "/nonexistent"})
    if done.returncode:
        assert done.stderr.startswith(
            "De ingebouwde servers draaien niet als root, en een andere gebruiker mag niet"
        )
        assert done.stderr.count("\n") == 1
    else:
        expected = pwd.getpwnam("nobody").pw_uid if IS_ROOT else os.geteuid()
        assert modes(home / "var" / "pg", home / "var" / "valkey") == [(0o700, expected)] * 2
        assert query(home / "var", "SELECT 1") == [(1,)]
    embedded.stop(home / "var")
    shutil.rmtree(home)
