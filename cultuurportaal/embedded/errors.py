"""What can go wrong with the embedded servers, each in one Dutch sentence for the operator."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWN_SERVERS = (
    "Geef zelf een server op met DATABASE_URL=postgres://gebruiker:wachtwoord@localhost/portaal"
    " en REDIS_URL=redis://localhost:6379/0."
)
REASONS = {
    "No space left on device": "De schijf is vol: maak ruimte vrij bij {folder} en probeer het opnieuw.",
    "pre-existing shared memory block": (
        "Er draait nog een PostgreSQL op de bestanden in {folder}, gestart onder een andere naam van die map:"
        " stop die eerst."
    ),
    "database files are incompatible with server": (
        "De gegevens in {folder} zijn van een andere versie van PostgreSQL: kies met VAR_DIR een lege map."
    ),
    "Permission denied": (
        "De ingebouwde server mag niet bij de bestanden in {folder}: kijk van wie ze zijn."
    ),
}


class EmbeddedError(Exception):
    """One sentence that says what is wrong and what to do."""


def why(program: str, output: str, folder: Path, log: Path) -> EmbeddedError:
    """The error for a server that refused to start, read from what it wrote itself."""
    for sign, sentence in REASONS.items():
        if sign in output:
            return EmbeddedError(sentence.format(folder=folder))
    return EmbeddedError(f"{program} start niet; de reden staat onderaan in {log}.")


def silent(program: str, seconds: float, log: Path) -> EmbeddedError:
    return EmbeddedError(f"{program} gaf binnen {seconds:.0f} seconden geen antwoord; kijk in {log}.")


@contextmanager
def in_words(folder: Path) -> Iterator[None]:
    """Turns what the operating system refuses about `folder` into an EmbeddedError."""
    try:
        yield
    except OSError as error:
        where = error.filename or folder
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise EmbeddedError(REASONS["No space left on device"].format(folder=where)) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise EmbeddedError(
                f"U mag niet schrijven in {where}: kies met VAR_DIR een map van uzelf."
            ) from error
        if error.errno in (errno.ENOTDIR, errno.EEXIST):
            raise EmbeddedError(f"{where} is geen map: kies met VAR_DIR een andere plek.") from error
        raise EmbeddedError(f"De ingebouwde servers starten niet ({error}). {OWN_SERVERS}") from error
