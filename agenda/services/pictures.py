"""Pictures: take one in, have its renditions made, and move them in and out of public sight.

The original and its renditions live in the private storage; only `expose`, called when a release is
published, copies renditions to the public one (the media folder), and `hide` takes them away.
"""

import hashlib
import json
import logging
import subprocess
import sys
import tempfile
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow

from agenda.models import Activity, Picture, Release
from agenda.renditions import MOST_PIXELS, Rendered
from agenda.tasks import render_picture
from cultuurportaal.nudge import nudge
from partners.models import User

log = logging.getLogger(__name__)

MOST_BYTES = 40 * 1024 * 1024
MOST_IN_TEN_MINUTES = 60
RENDER_SECONDS = 90
SIGNS = {
    "jpeg": (0, b"\xff\xd8\xff"),
    "png": (0, b"\x89PNG\r\n\x1a\n"),
    "webp": (8, b"WEBP"),
    "heif": (4, b"ftyp"),
    "pdf": (0, b"%PDF-"),
}
READ_BY_HEADER = {"jpeg", "png", "webp"}
WORDS: dict[str, Promise] = {
    "large": _("Deze foto is te groot om te versturen. Maak er een schermfoto van"),
    "small": _("Deze foto is te klein. Kies een foto van minstens 100 bij 100 beeldpunten"),
    "type": _("Dit is geen foto of poster. We nemen JPG, PNG, WEBP, HEIC en PDF"),
    "many": _("Je hebt al veel foto's gestuurd. Probeer het over tien minuten weer"),
}


class PictureRefused(ValueError):  # noqa: N818 - what happened, as a door reads it
    """The file cannot be used; `words` says in Dutch what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.words = WORDS[code]


def receive(file: "UploadedFile[Any]", *, by: User | None, now: datetime) -> Picture:
    """Take in a picture of at most 40 MB (JPG, PNG, WEBP, HEIC, or the first page of a PDF).

    Only its header is read here; the same file of the same person is kept once. The renditions follow in the
    worker. Raises PictureRefused.
    """
    check(file)
    fingerprint = digest(file)
    earlier = Picture.objects.filter(sha256=fingerprint, by=by, focus_x=0.5, focus_y=0.5)
    earlier = earlier.exclude(status=Picture.Status.FAILED)
    if by and (known := earlier.first()):
        return known
    recent = Picture.objects.filter(by=by, created_at__gt=now - timedelta(minutes=10))
    if by and recent.count() >= MOST_IN_TEN_MINUTES:
        raise PictureRefused("many")
    key = uuid.uuid4()
    name = storages["private"].save(f"originals/{key}", File(file))
    with transaction.atomic():
        picture = Picture.objects.create(uuid=key, by=by, original=name, sha256=fingerprint)
        transaction.on_commit(lambda: nudge(render_picture, str(key)))
    return picture


def aim(picture: Picture, *, x: float, y: float) -> Picture:
    """The same photo, cropped around another point (0–1 from the left and from above).

    A picture of its own: what was let through keeps the crop that the editor saw.
    """
    if (picture.focus_x, picture.focus_y) == (x, y):
        return picture
    facts = {"by": picture.by, "original": picture.original, "sha256": picture.sha256}
    with transaction.atomic():
        aimed = Picture.objects.create(**facts, focus_x=x, focus_y=y)
        transaction.on_commit(lambda: nudge(render_picture, str(aimed.uuid)))
    return aimed


def check(file: "UploadedFile[Any]") -> None:
    """Size, sign and, where the header says so cheaply, the number of pixels. Raises PictureRefused."""
    if (file.size or 0) > MOST_BYTES:
        raise PictureRefused("large")
    head = file.read(32)
    kind = next((kind for kind, (at, sign) in SIGNS.items() if head[at : at + len(sign)] == sign), None)
    file.seek(0)
    if kind is None:
        raise PictureRefused("type")
    if kind in READ_BY_HEADER:
        check_header(file)


def check_header(file: "UploadedFile[Any]") -> None:
    try:
        with Pillow.open(file, formats=["JPEG", "PNG", "WEBP"]) as picture:
            width, height = picture.size
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise PictureRefused("large") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureRefused("type") from error
    finally:
        file.seek(0)
    if width * height > MOST_PIXELS:
        raise PictureRefused("large")


def digest(file: "UploadedFile[Any]") -> str:
    """SHA-256 of the file, in hexadecimal; leaves it at its start."""
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def render(key: str) -> bool:
    """Make the renditions of a waiting picture in a child process; False when there was nothing to do.

    Whatever goes wrong is written with the picture, for its maker and the editors.
    """
    picture = Picture.objects.filter(uuid=key, status=Picture.Status.WAITING).first()
    if picture is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "original"
        with storages["private"].open(picture.original) as original, source.open("wb") as copy:
            for chunk in original.chunks():
                copy.write(chunk)
        answer = run_child(source, Path(folder), picture)
        if "refused" in answer:
            fail(picture, answer["refused"])
        else:
            keep(picture, Path(folder), answer)
    return True


def run_child(source: Path, folder: Path, picture: Picture) -> dict[str, Any]:
    """What the child printed; a crash or a child that takes too long is an unusable picture."""
    focus = [str(picture.focus_x), str(picture.focus_y)]
    command = [sys.executable, "-m", "agenda.renditions", str(source), str(folder), *focus]
    try:
        done = subprocess.run(
            command,
            cwd=settings.BASE_DIR,
            env={"PATH": "/usr/bin:/bin"},
            capture_output=True,
            timeout=RENDER_SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        log.warning("picture %s: the child ended with %s", picture.uuid, type(error).__name__)
        return {"refused": "large"}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def keep(picture: Picture, folder: Path, answer: dict[str, Any]) -> None:
    for name in file_names(answer["renditions"]):
        put(storages["private"], path_of(str(picture.uuid), name), (folder / name).read_bytes())
    Picture.objects.filter(pk=picture.pk).update(
        status=Picture.Status.READY,
        width=answer["width"],
        height=answer["height"],
        renditions=answer["renditions"],
    )


def fail(picture: Picture, code: str) -> None:
    problem = str(WORDS.get(code, WORDS["type"]))
    Picture.objects.filter(pk=picture.pk).update(status=Picture.Status.FAILED, problem=problem)


def render_waiting(now: datetime) -> int:
    """Nudge for pictures that wait longer than half a minute (their nudge was lost); returns how many."""
    waiting = Picture.objects.filter(
        status=Picture.Status.WAITING, created_at__lt=now - timedelta(seconds=30)
    )
    keys = list(waiting.values_list("uuid", flat=True)[:100])
    for key in keys:
        nudge(render_picture, str(key))
    return len(keys)


def path_of(key: str, name: str) -> str:
    """The path of a rendition, the same in the private and in the public storage."""
    return f"pictures/{key}/{name}"


def put(storage: Any, path: str, content: bytes) -> None:
    if not storage.exists(path):
        storage.save(path, ContentFile(content))


def before_release(picture: Picture, name: str) -> bytes:
    """A rendition for makers and editors, whose right to see it the door has checked. FileNotFoundError."""
    if name not in file_names(picture.renditions):
        raise FileNotFoundError(name)
    with storages["private"].open(path_of(str(picture.uuid), name)) as file:
        content: bytes = file.read()
    return content


def expose(key: str) -> None:
    """Copy the renditions of a picture to the public storage; again is harmless."""
    for name in names_of(key):
        path = path_of(key, name)
        if not default_storage.exists(path):
            with storages["private"].open(path) as file:
                default_storage.save(path, file)


def hide(key: str) -> None:
    """Take the renditions of a picture out of the public storage; again is harmless."""
    for name in names_of(key):
        default_storage.delete(path_of(key, name))


def erase_unused(*, before: datetime) -> int:
    """Erase pictures from before this moment that no activity has and no release names; returns how many.

    Files go first: what is interrupted is found again.
    """
    at_desk = Activity.objects.exclude(picture=None).values("picture")
    rows = Picture.objects.filter(created_at__lt=before).exclude(pk__in=at_desk)
    loose = {str(picture.pk): picture for picture in rows}
    let_through = Release.objects.filter(snapshot__image__id__in=list(loose))
    for key in let_through.values_list("snapshot__image__id", flat=True).distinct():
        del loose[key]
    for key, picture in loose.items():
        renditions = [path_of(key, name) for name in file_names(picture.renditions)]
        is_shared = Picture.objects.filter(original=picture.original).exclude(pk=key).exists()
        for path in renditions if is_shared else (picture.original, *renditions):
            storages["private"].delete(path)
        picture.delete()
    return len(loose)


def names_of(key: str) -> list[str]:
    """The file names of a picture's renditions; none for an unknown picture."""
    return file_names(Picture.objects.filter(uuid=key).values_list("renditions", flat=True).first() or {})


def file_names(renditions: Rendered) -> list[str]:
    by_widths = [by_width for by_format in renditions.values() for by_width in by_format.values()]
    return sorted({name for by_width in by_widths for name in by_width.values()})


def addresses(picture: Picture) -> Rendered:
    """The public address of each rendition, as `document.Image.renditions` holds them."""

    def public(names: dict[str, str]) -> dict[str, str]:
        return {width: default_storage.url(path_of(str(picture.uuid), name)) for width, name in names.items()}

    return {
        ratio: {kind: public(names) for kind, names in by_format.items()}
        for ratio, by_format in picture.renditions.items()
    }
