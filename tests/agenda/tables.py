"""Forty spreadsheets as makers send them, half of them broken, and what must become of their rows."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import openpyxl

HEADER = "Titel;Wanneer;Waar;Prijs"
GOOD = "Koor zingt;{day} 20.00-22.00;Buurthuis;7,50"
DAY = "6 maart 2027"


@dataclass(frozen=True)
class Case:
    """`good` and `bad` rows; or `says`, why nothing of the file can be used. `left_out`: over the limit."""

    name: str
    content: bytes
    good: int = 0
    bad: int = 0
    says: str = ""
    left_out: int = 0


def text(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(line.replace("{day}", DAY) for line in lines).encode(encoding)


def book(*rows: tuple[Any, ...], empty_sheets: int = 0) -> bytes:
    file, made = io.BytesIO(), openpyxl.Workbook()
    for number in range(empty_sheets):
        made.create_sheet(f"leeg {number}", 0)
    for row in rows:
        made.worksheets[-1].append(row)
    made.save(file)
    return file.getvalue()


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    return file.getvalue()


TOP = ("Titel", "Datum", "Aanvang", "Eindtijd", "Locatie", "Entree")
EVENING = datetime(2027, 3, 6, 20)  # noqa: DTZ001 - spreadsheets know no zone

CASES = [
    Case("plain", text(HEADER, GOOD), good=1),
    Case("commas", text("Titel,Wanneer,Waar", "Koor,{day} 20.00,Buurthuis"), good=1),
    Case("tabs", text("Titel\tWanneer\tWaar", "Koor\t{day} 20.00\tBuurthuis"), good=1),
    Case("with a mark in front", text(HEADER, GOOD, encoding="utf-8-sig"), good=1),
    Case("UTF-16", text(HEADER, GOOD, encoding="utf-16"), good=1),
    Case("Windows letters", text(HEADER, GOOD.replace("Koor", "Café Één"), encoding="cp1252"), good=1),
    Case("line break in a cell", text(HEADER, '"Koor\nzingt";{day} 20.00;Buurthuis;'), good=1),
    Case("quotes in a cell", text(HEADER, '"Koor ""De Lijster""";{day} 20.00;Buurthuis;'), good=1),
    Case("other headings", text("Naam;Datum;Tijd;Plek", "Koor;6-3-2027;20:00;Buurthuis"), good=1),
    Case("capitals and colons", text("TITEL:;Wanneer?;WAAR", "Koor;{day} 20.00;Buurthuis"), good=1),
    Case(
        "price below nothing",
        text(HEADER, "Koor;{day} 20.00;Buurthuis;-5", "Koor;op 30-02-2027;Hal;"),
        good=1,
        bad=1,
    ),
    Case("heading twice", text("Titel;Titel;Wanneer;Waar", "Koor;Anders;{day} 20.00;Buurthuis"), good=1),
    Case("empty lines between", text(HEADER, "", GOOD, ";;;", GOOD), good=2),
    Case("ragged lines", text(HEADER, "Koor;{day} 20.00;Buurthuis", f"{GOOD};te;veel"), good=2),
    Case("free in words", text(HEADER, GOOD.replace("7,50", "gratis")), good=1),
    Case("price in words", text(HEADER, GOOD.replace("7,50", "zie website")), good=1),
    Case("a series", text(HEADER, "Koor;elke dinsdag 20.00 van 2 t/m 30 maart 2027;Buurthuis;5"), good=1),
    Case("workbook", book(TOP, ("Koor", date(2027, 3, 6), time(20), time(22), "Buurthuis", 7.5)), good=1),
    Case("workbook with moments", book(("Titel", "Datum", "Waar"), ("Koor", EVENING, "Buurthuis")), good=1),
    Case("workbook after an empty sheet", book(TOP[:2], ("Koor", EVENING), empty_sheets=1), bad=1),
    Case("no title", text(HEADER, GOOD.replace("Koor zingt", "")), bad=1),
    Case("no day", text(HEADER, "Koor;;Buurthuis;", GOOD), good=1, bad=1),
    Case("no place", text(HEADER, "Koor;{day} 20.00;;", GOOD), good=1, bad=1),
    Case("day that does not exist", text(HEADER, "Koor;31 februari 2027 20.00;Buurthuis;"), bad=1),
    Case("weekday that disagrees", text(HEADER, "Koor;maandag 6 maart 2027 20.00;Buurthuis;"), bad=1),
    Case("only a month", text(HEADER, "Koor;ergens in maart;Buurthuis;"), bad=1),
    Case("title too long", text(HEADER, GOOD.replace("Koor zingt", "K" * 300)), bad=1),
    Case("link that is none", text(f"{HEADER};Website", f"{GOOD};javascript:alert(1)"), bad=1),
    Case("age in words", text(f"{HEADER};Leeftijd", f"{GOOD};vanaf acht"), bad=1),
    Case("formula", text(HEADER, "=cmd|' /C calc'!A0;{day} 20.00;Buurthuis;"), good=1),
    Case("formula in a broken row", text(HEADER, "=1+1;geen dag;Buurthuis;"), bad=1),
    Case("far away", text(HEADER, "Koor;6 maart 2099 20.00;Buurthuis;"), bad=1),
    Case("too many rows", text(HEADER, *[GOOD] * 203), good=200, left_out=3),
    Case("no header", text("Koor;{day} 20.00;Buurthuis"), says="We vinden geen kop “Titel”"),
    Case("only a header", text(HEADER), says="staat geen enkele rij"),
    Case("nothing but empty lines", text(";;;", "", ";"), says="staat geen enkele rij"),
    Case("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 40, says="kunnen we niet lezen"),
    Case("a zip that is no workbook", book(TOP)[:400], says="kunnen we niet lezen"),
    Case("a bomb", bomb(), says="te zwaar"),
    Case("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, says="kunnen we niet lezen"),
]
