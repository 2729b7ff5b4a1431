"""A whole list at once: a spreadsheet in, a look at every row, drafts of the good, the rest as a file."""

import csv
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agenda.forms.table import Checked, TableForm, check
from agenda.imports.table import MOST_ROWS, Table
from agenda.imports.turn import Busy, turn
from agenda.services import tables
from agenda.views import sending
from cultuurportaal import limits
from cultuurportaal.workflow import NotAllowed
from partners.models import City, Organisation, User

MOST_BY_PERSON, HOUR = 30, 3600
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest) -> HttpResponse:
    """For members of an organisation: choose the file."""
    user = _user(request)
    form = TableForm(
        *((request.POST, request.FILES) if request.method == "POST" else (None, None)), user=user
    )
    if not Organisation.objects.of_member(user).exists():
        return render(request, "agenda/table.html", {"form": None})
    if not form.is_valid():
        return render(request, "agenda/table.html", {"form": form}, status=422 if form.is_bound else 200)
    if not limits.take("table", str(user.pk), most=MOST_BY_PERSON, seconds=HOUR):
        form.add_error("file", _("Dat zijn veel lijsten achter elkaar. Probeer het over een uur nog eens."))
        return render(request, "agenda/table.html", {"form": form}, status=429)
    try:
        with turn():
            read = tables.read(form.cleaned_data["file"].read())
    except Busy as busy:
        form.add_error("file", busy.words)
        return render(request, "agenda/table.html", {"form": form}, status=429)
    if read.refused:
        form.add_error("file", _refusals()[read.refused])
        return render(request, "agenda/table.html", {"form": form}, status=422)
    return redirect("agenda:table_rows", tables.keep(read, form.cleaned_data["organisation"].slug, by=user))


def _refusals() -> dict[str, str]:
    return {
        "kind": _(
            "Dit bestand kunnen we niet lezen. Bewaar je lijst als .xlsx of .csv en probeer het opnieuw."
        ),
        "heavy": _("Dit bestand is te zwaar om te lezen. Bewaar alleen de lijst zelf, als .csv."),
        "empty": _(
            "In dit bestand staat geen enkele rij. Zet op de eerste regel de koppen, daaronder de rest."
        ),
        "header": _("We vinden geen kop “Titel”. Zet op de eerste regel: Titel, Wanneer, Waar, Prijs."),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rows(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Every row with what we make of it; a POST makes drafts of the good ones."""
    user = _user(request)
    read, checked = _checked(request, uuid)
    good = [one for one in checked if one.is_good]
    if request.method == "POST" and good:
        try:
            made = tables.take_over([_taken(one) for one in good], key=uuid, by=user, now=timezone.now())
        except NotAllowed as refusal:
            messages.error(request, sending.words(refusal))
            return redirect("agenda:table_rows", uuid)
        messages.success(request, _done(len(made)))
        return redirect("agenda:mine")
    context = {
        "key": uuid,
        "table": read,
        "checked": checked,
        "good": len(good),
        "bad": len(checked) - len(good),
        "most": MOST_ROWS,
    }
    return render(request, "agenda/table_rows.html", context)


def _taken(one: Checked) -> tuple[Any, ...]:
    who = one.sheet.who.values() if one.sheet.who else {}
    return one.row, {**one.sheet.values(), **who}, one.sheet.sets(), one.sheet.slots() or ()


def _done(count: int) -> str:
    text = ngettext("%(count)d concept staat klaar.", "%(count)d concepten staan klaar.", count)
    return text % {"count": count}


@never_cache
@require_safe
def faults(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The rows that were not taken over, as a file for Excel, with what is wrong as the last column."""
    read, checked = _checked(request, uuid)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="nog-niet-gelukt.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow([*map(_inert, read.header), _("Wat er nog mist")])
    for one in checked:
        if not one.is_good:
            writer.writerow([*map(_inert, one.row.cells), " ".join(one.problems)])
    return response


def _inert(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _checked(request: HttpRequest, key: UUID) -> tuple[Table, list[Checked]]:
    """404 for another's list, and for one that is too long ago."""
    user = _user(request)
    found = tables.kept(key, by=user)
    organisation = Organisation.objects.of_member(user).filter(slug=found[0]).first() if found else None
    if found is None or organisation is None:
        raise Http404
    city, now = City.objects.here(), timezone.now()
    about: dict[str, Any] = {"organisation": organisation, "city": city, "user": user, "now": now}
    return found[1], [check(row, **about) for row in found[1].rows]


def _user(request: HttpRequest) -> User:
    """Whoever is signed in: the door lets nobody else through."""
    if not isinstance(request.user, User):
        raise TypeError("nobody is signed in")
    return request.user
