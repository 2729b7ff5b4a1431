"""As whom the servers run: ourselves, and for root (whom PostgreSQL refuses) somebody with fewer rights."""

import os
import pwd
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cultuurportaal.embedded.errors import OWN_SERVERS, EmbeddedError

IN_OWN_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")
CAN_WORK = 'cd "$1" && exec "$2" --version'


@dataclass(frozen=True)
class Account:
    """`prefix` goes before a command; `uid` and `gid` own the files as seen from here."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    @property
    def options(self) -> dict[str, Any]:
        """Keyword arguments for subprocess: the switch of user, when there is one."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Gives a file or folder that we made ourselves to the account."""
        if path.lstat().st_uid != self.uid:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def choose(folder: Path, program: Path) -> Account:
    """The account that may run `program` on `folder` (which need not exist yet); opens nobody's folders.

    Root works in a user namespace of its own: files stay root's and private folders stay closed, while the
    server has no more rights than an ordinary user. Where the kernel forbids that: as another user.
    """
    nearest = next(path for path in [folder, *folder.parents] if path.exists())
    owner = nearest.stat()
    if os.geteuid() != 0:
        if nearest == folder and owner.st_uid != os.geteuid():
            raise EmbeddedError(
                f"De map {folder} is van gebruiker {name_of(owner.st_uid)}:"
                " start het portaal als die gebruiker of kies met VAR_DIR een eigen map."
            )
        return Account(os.geteuid(), os.getegid())
    for account in accounts_for_root(owner):
        if can_work(account, nearest, program):
            return account
    raise EmbeddedError(
        f"De ingebouwde servers draaien niet als root, en een andere gebruiker mag niet bij {nearest}"
        f" of {program}: start het portaal als gewone gebruiker. {OWN_SERVERS}"
    )


def accounts_for_root(owner: os.stat_result) -> Iterator[Account]:
    if owner.st_uid != 0:
        yield Account(owner.st_uid, owner.st_gid)
        return
    yield Account(0, 0, IN_OWN_NAMESPACE)
    nobody = pwd.getpwnam("nobody")
    yield Account(nobody.pw_uid, nobody.pw_gid)


def can_work(account: Account, folder: Path, program: Path) -> bool:
    """Tries it: enter the folder, then load the program with its libraries."""
    command = [*account.prefix, "/bin/sh", "-c", CAN_WORK, "sh", str(folder), str(program)]
    try:
        return not subprocess.run(command, capture_output=True, check=False, **account.options).returncode
    except OSError:
        return False


def name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def make_private(folder: Path, account: Account) -> None:
    """A folder that only `account` can enter (0700); refuses a link and one that somebody else owns."""
    try:
        folder.mkdir(mode=0o700)
        account.own(folder)
    except FileExistsError:
        found = folder.lstat()
        if folder.is_symlink() or not folder.is_dir():
            raise
        if found.st_uid != account.uid:
            raise EmbeddedError(
                f"De map {folder} is van gebruiker {name_of(found.st_uid)}:"
                " verwijder of verplaats die map eerst."
            ) from None
        folder.chmod(0o700)
