"""Makes the renditions of one picture, as a program: `python -m agenda.renditions SOURCE FOLDER X Y`.

Decoding what strangers send happens here and nowhere else, in a child process with a limit on memory and time
(`services.pictures`), so that a bomb or a crash costs one picture and never a web process or a worker.
Every rendition is encoded anew: no EXIF, no GPS, no bytes of the original. Prints one line of JSON.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

MOST_PIXELS = 40_000_000
SMALLEST_SIDE = 100
MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 60
FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]
PDF_SIGN = b"%PDF-"
PDF_WIDTH = 1600
PORTRAIT = 1.15  # taller than this times its width: a poster, also kept whole

Rendered = dict[str, dict[str, dict[str, str]]]


class Ratio(NamedTuple):
    """A shape and the widths in which it is made, in pixels."""

    name: str
    width: int
    height: int
    widths: tuple[int, ...]


RATIOS = (
    Ratio("16x9", 16, 9, (480, 960, 1440)),
    Ratio("4x3", 4, 3, (320, 640, 960)),
    Ratio("1x1", 1, 1, (160, 320, 640)),
)
WHOLE_WIDTHS = (400, 800)
ENCODINGS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 8},
    "webp": {"format": "WEBP", "quality": 72, "method": 4},
    "jpeg": {"format": "JPEG", "quality": 78, "optimize": True, "progressive": True},
}


class Refused(Exception):  # noqa: N818 - the word of the domain
    """The picture cannot be used; the text is a code that the service turns into words."""


def main(arguments: list[str]) -> int:
    source, folder, focus_x, focus_y = arguments
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        picture = upright(Path(source))
        files = render(picture, Path(folder), (float(focus_x), float(focus_y)))
    except Refused as refusal:
        print(json.dumps({"refused": str(refusal)}))
        return 0
    print(json.dumps({"width": picture.width, "height": picture.height, "renditions": files}))
    return 0


def upright(source: Path) -> Image.Image:
    """The picture as a person sees it, in plain RGB. Raises Refused: 'large', 'small' or 'type'."""
    register_heif_opener()
    try:
        picture = first_page(source) if is_pdf(source) else opened(source)
        upright_picture = in_rgb(ImageOps.exif_transpose(picture))
    except (OSError, SyntaxError, ValueError, pypdfium2.PdfiumError) as error:
        raise Refused("type") from error
    except (MemoryError, Image.DecompressionBombError) as error:
        raise Refused("large") from error
    if min(upright_picture.size) < SMALLEST_SIDE:
        raise Refused("small")
    return upright_picture


def is_pdf(source: Path) -> bool:
    with source.open("rb") as file:
        return file.read(len(PDF_SIGN)) == PDF_SIGN


def first_page(source: Path) -> Image.Image:
    with pypdfium2.PdfDocument(source) as document:
        page = document[0]
        image: Image.Image = page.render(scale=min(4.0, PDF_WIDTH / max(page.get_width(), 1))).to_pil()
        return image


def opened(source: Path) -> Image.Image:
    """Checked by its header before a pixel is decoded; a large JPEG is decoded smaller (draft)."""
    picture: Image.Image = Image.open(source, formats=FORMATS)
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused("large")
    picture.draft("RGB", (2000, 2000))
    picture.load()
    return picture


def in_rgb(picture: Image.Image) -> Image.Image:
    """Transparent parts become white; CMYK, 16-bit, palette and grey become RGB."""
    if picture.mode == "I;16":
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.mode in {"RGBA", "LA", "P", "PA"}:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    return picture.convert("RGB")


def render(picture: Image.Image, folder: Path, focus: tuple[float, float]) -> Rendered:
    """Every ratio in each format and width that the picture has: {ratio: {format: {width: name}}}."""
    made: Rendered = {}
    for ratio in RATIOS:
        for width in fitting(ratio.widths, min(picture.width, picture.height * ratio.width // ratio.height)):
            height = round(width * ratio.height / ratio.width)
            crop = ImageOps.fit(picture, (width, height), Image.Resampling.LANCZOS, centering=focus)
            save(crop, folder, ratio.name, made)
    if picture.height > picture.width * PORTRAIT:
        for width in fitting(WHOLE_WIDTHS, picture.width):
            height = max(1, round(picture.height * width / picture.width))
            save(picture.resize((width, height), Image.Resampling.LANCZOS), folder, "hele", made)
    return made


def fitting(widths: tuple[int, ...], widest: int) -> list[int]:
    """The widths that need no blowing up; at least the smallest."""
    return [width for width in widths if width <= widest] or [widths[0]]


def save(picture: Image.Image, folder: Path, ratio: str, made: Rendered) -> None:
    for extension, options in ENCODINGS.items():
        name = f"{ratio}-{picture.width}.{extension}"
        picture.save(folder / name, **options)
        made.setdefault(ratio, {}).setdefault(extension, {})[str(picture.width)] = name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
