"""Pictures: what is taken in, what comes out, and that originals and drafts are never public."""

import io
import subprocess
import sys
from pathlib import Path

import pillow_heif
import pytest
from django.conf import settings
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from agenda.models import Picture
from agenda.services import pictures
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storages")]
GPS = 0x8825


def photo(
    kind: str = "JPEG", size: tuple[int, int] = (900, 600), mode: str = "RGB", **options: object
) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, "white" if mode != "CMYK" else (0, 90, 90, 0)).save(buffer, kind, **options)
    return buffer.getvalue()


def heic() -> bytes:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (800, 600), "navy")).save(buffer)
    return buffer.getvalue()


def upload(content: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def received(content: bytes, name: str = "foto.jpg") -> Picture:
    picture = pictures.receive(upload(content, name), by=make.user(), now=make.NOW)
    pictures.render(str(picture.uuid))
    picture.refresh_from_db()
    return picture


def opened(picture: Picture, ratio: str, width: int, kind: str = "jpeg") -> Image.Image:
    name = picture.renditions[ratio][kind][str(width)]
    with storages["private"].open(pictures.path_of(str(picture.uuid), name)) as file:
        found = Image.open(io.BytesIO(file.read()))
    found.load()
    return found


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (photo("JPEG"), (900, 600)),
        (photo("PNG", mode="RGBA"), (900, 600)),
        (photo("PNG", mode="I;16"), (900, 600)),
        (photo("PNG", mode="P"), (900, 600)),
        (photo("WEBP"), (900, 600)),
        (photo("JPEG", mode="CMYK"), (900, 600)),
        (heic(), (800, 600)),
    ],
    ids=["jpeg", "png with alpha", "png of 16 bits", "palette", "webp", "cmyk", "heic"],
)
def test_every_kind_of_photo_becomes_avif_webp_and_jpeg_in_three_ratios(
    content: bytes, size: tuple[int, int]
) -> None:
    picture = received(content)
    assert (picture.status, picture.width, picture.height) == (Picture.Status.READY, *size)
    assert {ratio: sorted(kinds) for ratio, kinds in picture.renditions.items()} == {
        ratio: ["avif", "jpeg", "webp"] for ratio in ("16x9", "4x3", "1x1")
    }
    assert opened(picture, "16x9", 480).size == (480, 270)
    assert opened(picture, "4x3", 640, "avif").size == (640, 480)
    assert opened(picture, "1x1", 320, "webp").size == (320, 320)


def test_first_page_of_a_pdf_poster_is_kept_whole() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (600, 900), "teal").save(buffer, "PDF")
    picture = received(buffer.getvalue(), "poster.pdf")
    assert picture.status == Picture.Status.READY
    assert opened(picture, "hele", 400).size == (400, 600)


def test_animated_picture_becomes_a_still() -> None:
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue", "green")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "WEBP", save_all=True, append_images=frames[1:])
    picture = received(buffer.getvalue())
    assert getattr(opened(picture, "1x1", 160, "webp"), "n_frames", 1) == 1


def test_photo_is_upright_and_says_nothing_about_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x013B] = "iemand"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (IFDRational(52), IFDRational(3), IFDRational(40))
    content = photo("JPEG", (900, 600), exif=exif) + b"PK\x03\x04 a zip behind it"
    picture = received(content)
    assert (picture.width, picture.height) == (600, 900)
    for ratio, kinds in picture.renditions.items():
        for kind, names in kinds.items():
            for name in names.values():
                with storages["private"].open(pictures.path_of(str(picture.uuid), name)) as file:
                    data = file.read()
                assert b"iemand" not in data, (ratio, kind)
                assert b"PK\x03\x04" not in data, (ratio, kind)
                assert dict(Image.open(io.BytesIO(data)).getexif()) == {}, (ratio, kind)


def test_focus_decides_what_a_crop_keeps() -> None:
    wide = Image.new("RGB", (1200, 400), "white")
    wide.paste("black", (0, 0, 400, 400))
    buffer = io.BytesIO()
    wide.save(buffer, "PNG")
    picture = pictures.receive(upload(buffer.getvalue()), by=None, now=make.NOW)
    Picture.objects.filter(pk=picture.pk).update(focus_x=0.0)
    pictures.render(str(picture.uuid))
    picture.refresh_from_db()
    left = opened(picture, "1x1", 320).convert("L")
    assert left.resize((1, 1)).getpixel((0, 0)) < 20


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "type"),
        (b"gewoon tekst", "type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "type"),
        (b"GIF89a" + b"\0" * 40, "type"),
        (b"II*\0" + b"\0" * 40, "type"),
        (b"%!PS-Adobe-3.0 EPSF", "type"),
        (b"8BPS\0\1" + b"\0" * 40, "type"),
        (b"\xff\xd8\xff" + b"<script>", "type"),
        (photo("PNG")[:40], "type"),
        (photo("PNG", (12000, 12000), "1"), "large"),
        (photo("PNG", (50000, 1000), "1"), "large"),
    ],
    ids=["empty", "text", "svg", "gif", "tiff", "eps", "psd", "jpeg sign", "cut off", "bomb", "very wide"],
)
def test_what_is_no_picture_is_refused_before_it_is_decoded(content: bytes, code: str) -> None:
    with pytest.raises(pictures.PictureRefused) as refusal:
        pictures.receive(upload(content), by=None, now=make.NOW)
    assert str(refusal.value) == code
    assert Picture.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (photo("JPEG")[:2000] + b"\0" * 10, "type"),
        (photo("PNG", (60, 60)), "small"),
        (photo("PNG", (30000, 10), "1"), "small"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "type"),
        (b"%PDF-1.7 broken", "type"),
    ],
    ids=["truncated", "tiny", "a line", "heic sign", "broken pdf"],
)
def test_what_turns_out_unusable_says_so_to_its_maker(content: bytes, code: str) -> None:
    picture = received(content)
    assert picture.status == Picture.Status.FAILED
    assert picture.problem == str(pictures.WORDS[code])
    assert picture.renditions == {}


def test_too_many_bytes_are_refused_unread() -> None:
    file = upload(photo())
    file.size = pictures.MOST_BYTES + 1
    with pytest.raises(pictures.PictureRefused, match="large"):
        pictures.receive(file, by=None, now=make.NOW)


def test_same_photo_of_the_same_person_is_kept_once() -> None:
    somebody, other = make.user(), make.user()
    first = pictures.receive(upload(photo()), by=somebody, now=make.NOW)
    assert pictures.receive(upload(photo()), by=somebody, now=make.NOW) == first
    assert pictures.receive(upload(photo()), by=other, now=make.NOW) != first


@pytest.mark.parametrize(
    "name", ["../../x.jpg", "con.jpg", "x" * 300, ".htaccess", "x.php.jpg", "\u202egpj.exe"]
)
def test_name_of_the_file_is_never_used(name: str) -> None:
    picture = received(photo(), name)
    assert picture.original == f"originals/{picture.uuid}"


def test_renditions_are_public_only_between_expose_and_hide() -> None:
    picture = received(photo())
    key = str(picture.uuid)
    address = pictures.addresses(picture)["16x9"]["avif"]["480"]
    path = pictures.path_of(key, "16x9-480.avif")
    assert address == f"/media/{path}"
    assert not default_storage.exists(path)
    pictures.expose(key)
    pictures.expose(key)
    assert default_storage.exists(path)
    assert not default_storage.exists(picture.original)
    pictures.hide(key)
    pictures.hide(key)
    assert not default_storage.exists(path)


def test_render_twice_makes_one_set() -> None:
    picture = received(photo())
    assert pictures.render(str(picture.uuid)) is False
    assert pictures.render("00000000-0000-0000-0000-000000000000") is False


def test_bomb_costs_the_child_little_memory(tmp_path: Path) -> None:
    """The program itself refuses too (a row may have been made by other means), by the header alone."""
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(photo("PNG", (12000, 12000), "1"))
    command = [sys.executable, "-m", "agenda.renditions", str(bomb), str(tmp_path), "0.5", "0.5"]
    measured = (
        "import resource, subprocess, sys;"
        "print(subprocess.run(sys.argv[1:], capture_output=True, text=True).stdout.strip(),"
        " resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", measured, *command],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    answer, megabytes = done.stdout.rsplit(" ", 1)
    assert answer == '{"refused": "large"}'
    assert int(megabytes) < 120
