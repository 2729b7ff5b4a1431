"""A spreadsheet (CSV or XLSX) as rows for the maker's sheet. Pure: no Django, no clock, no network.

Runs in a child process: `python -m agenda.imports.table` reads the file from its input and says JSON.
"""

import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from agenda.imports import child

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 200, 60, 10_000
MOST_UNPACKED = 60 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "cp1252")
COLUMNS = {
    "title": "titel|title|naam|activiteit|wat|evenement|programma|onderdeel|voorstelling|naam activiteit",
    "tekst": "wanneer|datum en tijd|data|datums|when|datum tijd",
    "day": "datum|date|dag|startdatum|begindatum|op",
    "start": "tijd|aanvang|begin|begintijd|starttijd|van|start|time|aanvangstijd",
    "end": "eind|eindtijd|tot|einde|end",
    "place": "waar|locatie|plek|plaats|zaal|location|adres|where|venue",
    "price": "prijs|entree|toegang|kosten|price|entreeprijs|toegangsprijs",
    "summary": "samenvatting|kort|in een zin|intro|summary",
    "description": "omschrijving|beschrijving|tekst|toelichting|description|meer|informatie",
    "booking_url": "kaarten|tickets|reserveren|aanmelden|kaartverkoop|bestellink",
    "website": "website|link|site|url|web",
    "age_from": "vanaf leeftijd|leeftijd vanaf|min leeftijd|leeftijd",
    "note": "opmerking|opmerkingen|bericht",
}
"""Field of the sheet → the headings that mean it, in lower case without accents and signs."""

_NAMES = {name: field for field, names in COLUMNS.items() for name in names.split("|")}


@dataclass(frozen=True)
class Row:
    """`number` as the spreadsheet shows it; `cells` in the order of the header; `fields` by name."""

    number: int
    cells: list[str]
    fields: dict[str, str]


@dataclass(frozen=True)
class Table:
    """`refused` is one of: kind, heavy, empty, header; "" for a table. `left_out`: rows beyond the limit."""

    header: list[str]
    rows: list[Row]
    unused: list[str]
    refused: str = ""
    left_out: int = 0


def read(content: bytes) -> Table:
    try:
        lines = _workbook(content) if content[:4] == b"PK\x03\x04" else _csv(content)
        return _table(lines)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, csv.Error, OSError):
        return Table([], [], [], refused="kind")


def _workbook(content: bytes) -> Iterator[list[str]]:
    """The first sheet with something on it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
            raise MemoryError
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
            yield [_said(cell) for cell in row]


def _said(cell: Any) -> str:
    """A cell as somebody would write it."""
    match cell:
        case None:
            return ""
        case datetime():
            clock = f" {cell:%H.%M}" if cell.time() != time() else ""
            return f"{cell.day}-{cell.month}-{cell.year}{clock}"
        case date():
            return f"{cell.day}-{cell.month}-{cell.year}"
        case time():
            return f"{cell:%H.%M}"
        case float():
            return str(int(cell)) if cell.is_integer() else f"{cell:.2f}".replace(".", ",")
        case _:
            return str(cell)[:LONGEST_CELL].strip()


def _csv(content: bytes) -> Iterator[list[str]]:
    if b"\0" in content[:4000] and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        raise ValueError("no text")
    text = _decoded(content)
    first = text.partition("\n")[0]
    sign = max(";\t,", key=first.count)
    csv.field_size_limit(LONGEST_CELL * 10)
    for line in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
        yield [cell[:LONGEST_CELL].strip() for cell in line[:MOST_COLUMNS]]


def _decoded(content: bytes) -> str:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _table(lines: Iterable[list[str]]) -> Table:
    numbered = ((number, line) for number, line in enumerate(lines, 1) if any(line))
    _at, header = next(numbered, (0, []))
    if not header:
        return Table([], [], [], refused="empty")
    names = _fields(header)
    if "title" not in names:
        return Table(header, [], [], refused="header")
    rows = [_row(number, line, names, len(header)) for number, line in islice(numbered, MOST_ROWS)]
    left_out = sum(1 for _line in numbered)
    unused = [text for text, name in zip(header, names, strict=True) if text and not name]
    return Table(header, rows, unused, "" if rows else "empty", left_out)


def _fields(header: Sequence[str]) -> list[str]:
    """The field of each column; "" for one that we do not know, or that came before."""
    found: list[str] = []
    for text in header:
        name = _NAMES.get(_plain(text), "")
        found.append("" if name in found else name)
    return found


def _plain(text: str) -> str:
    letters = text.casefold().translate(str.maketrans("éèëïöüáà", "eeeiouaa"))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def _row(number: int, line: Sequence[str], names: Sequence[str], width: int) -> Row:
    cells = [*line, *[""] * (width - len(line))]
    fields = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell}
    return Row(number, cells, {**_without_parts(fields), **_when(fields), **_price(fields)})


def _without_parts(fields: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in fields.items() if name not in {"day", "start", "end", "price"}}


def _when(fields: dict[str, str]) -> dict[str, str]:
    """Day, start and end in columns of their own as one date sentence."""
    if "tekst" in fields or "day" not in fields:
        return {}
    clock = "-".join(fields[name].replace(":", ".") for name in ("start", "end") if name in fields)
    return {"tekst": f"{fields['day']} {clock}".strip()}


def _price(fields: dict[str, str]) -> dict[str, str]:
    """'gratis', 'vrije gift' or an amount; other words stay as a note on the price."""
    text = fields.get("price", "")
    plain = _plain(text)
    if not plain:
        return {}
    if plain in {"gratis", "free", "vrij", "vrij entree", "gratis entree", "geen", "0", "0 00"}:
        return {"price_kind": "free"}
    if plain in {"vrije gift", "vrijwillige bijdrage", "gift", "donatie"}:
        return {"price_kind": "donation"}
    amount = re.fullmatch(
        r"(?:€|eur|euro)?\s*(\d{1,5}(?:[.,]\d{1,2})?)\s*(?:,-|-|€|eur|euro)?", text.casefold()
    )
    return (
        {"price_kind": "paid", "price": amount[1]} if amount else {"price_kind": "paid", "price_note": text}
    )


def main() -> int:
    child.limit()
    try:
        table = read(sys.stdin.buffer.read())
    except (MemoryError, RecursionError):
        table = Table([], [], [], refused="heavy")
    json.dump(asdict(table), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
