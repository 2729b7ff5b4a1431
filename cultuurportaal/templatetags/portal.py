"""The façade's template tags: icons, block patterns, form fields, days, times and prices in words."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from cultuurportaal.icons import ICONS
from cultuurportaal.pattern import pattern

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of `cultuurportaal.icons`; decorative: a word stands beside it. KeyError when unknown."""
    strokes = mark_safe(ICONS[name])  # noqa: S308 - our own constant strokes, nothing typed by anybody
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', strokes
    )


@register.simple_tag
def block_pattern(seed: object, cols: int = 3, rows: int = 2) -> SafeString:
    """Draw the fixed picture of blocks for this seed (usually a slug)."""
    return mark_safe(pattern(str(seed), cols, rows))  # noqa: S308 - the seed is only hashed, never shown


# --- Forms ---------------------------------------------------------------------------------------------


@register.inclusion_tag("parts/_field.html")
def field(  # noqa: PLR0913, PLR0917 - the words of one form field; all but the first are optional and named
    bound_field: BoundField,
    icon: str = "",
    hint: str = "",
    label: str = "",
    optional: bool | None = None,  # noqa: FBT001 - given by name in templates
    css: str = "",
    **attrs: str | bool,
) -> dict[str, Any]:
    """Label, hint, error and input in that order (GOV.UK pattern), tied together for screen readers.

    `hint` and `label` replace the form's own words, `optional=False` leaves out "(mag leeg blijven)", `css`
    adds classes to the input, and other keywords become its attributes (`inputmode="numeric"`,
    `data_hx_get=url`; False leaves one out).
    """
    hint = hint or str(bound_field.help_text)
    kind = _kind(bound_field)
    widget_attrs: dict[str, Any] = {name.replace("_", "-"): value for name, value in attrs.items()}
    described = [f"{bound_field.auto_id}-h"] if hint else []
    if bound_field.errors:
        described.insert(0, f"{bound_field.auto_id}-f")
        widget_attrs["aria-invalid"] = "true"
    if kind != "group":
        if described:
            widget_attrs["aria-describedby"] = " ".join(
                [*described, *widget_attrs.get("aria-describedby", "").split()]
            )
        if kind == "input":
            own = bound_field.field.widget.attrs.get("class", "")
            widget_attrs["class"] = " ".join(filter(None, ["input", own, css]))
    return {
        "field": bound_field,
        "widget": bound_field if kind == "group" else bound_field.as_widget(attrs=widget_attrs),
        "kind": kind,
        "icon": icon,
        "hint": hint,
        "label": label or bound_field.label,
        "described_by": " ".join(described),
        "is_optional": not bound_field.field.required if optional is None else optional,
    }


def _kind(bound_field: BoundField) -> str:
    widget = bound_field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    return "check" if isinstance(widget, CheckboxInput) else "input"


@register.inclusion_tag("parts/_error_summary.html")
def error_summary(*forms: BaseForm | None) -> dict[str, Any]:
    """A box that says how many things are left to do and links to each field; empty when nothing is wrong."""
    problems: list[tuple[str, str]] = []
    for form in filter(None, forms):
        problems += [("", str(problem)) for problem in form.non_field_errors()]
        problems += [(_target(bound), str(problem)) for bound in form for problem in bound.errors]
    return {"problems": problems}


def _target(bound_field: BoundField) -> str:
    """The id a link must have to land on the input itself: the first choice of a group."""
    return f"{bound_field.auto_id}_0" if _kind(bound_field) == "group" else str(bound_field.auto_id)


# --- Days, times, money --------------------------------------------------------------------------------


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _is_dutch() -> bool:
    return (get_language() or "nl").startswith("nl")


@register.filter
def day_words(value: date | datetime | None, year: str = "") -> str:
    """'zaterdag 28 november' in the site's time zone; with any argument also the year. Empty for None."""
    if value is None:
        return ""
    return formats.date_format(_local(value), "l j F Y" if year else "l j F")


@register.filter
def day_ahead(value: date | datetime | None) -> str:
    """'zaterdag 28 november'; with its year when that is not this year. Empty for None."""
    if value is None:
        return ""
    return day_words(value, "" if _day(value).year == timezone.localdate().year else "year")


@register.filter
def day_short(value: date | datetime | None) -> str:
    """'za 28 nov' in the site's time zone. Empty for None."""
    if value is None:
        return ""
    return formats.date_format(_local(value), "D j b" if _is_dutch() else "D j M")


@register.filter
def day_short_ahead(value: date | datetime | None) -> str:
    """'za 28 nov'; with its year when that is not this year. Empty for None."""
    if value is None:
        return ""
    day = _day(value)
    return day_short(day) if day.year == timezone.localdate().year else f"{day_short(day)} {day.year}"


@register.filter
def clock(value: datetime | time | None) -> str:
    """'20.00' in the site's time zone (English: '20:00'). Empty for None."""
    if value is None:
        return ""
    moment: datetime | time = value
    if isinstance(value, datetime) and timezone.is_aware(value):
        moment = timezone.localtime(value)
    return moment.strftime("%H.%M" if _is_dutch() else "%H:%M")


@register.filter
def nearby_day(value: date | datetime, now: date | datetime) -> str:
    """'Vandaag', 'Morgen' or the day of the week ('Zaterdag'), seen from `now`; the date goes beside it."""
    day, today = _day(value), _day(now)
    if day == today:
        return gettext("Vandaag")
    if day == today + timedelta(days=1):
        return gettext("Morgen")
    return capfirst(formats.date_format(day, "l"))


def _day(value: date | datetime) -> date:
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local


@register.filter
def price(euros: Decimal | float | str | None) -> str:
    """'Gratis', '€ 5' or '€ 7,50' (English '€7.50'), with an unbreakable space. Empty for None or ''."""
    if euros is None or euros == "":
        return ""
    amount = Decimal(str(euros))
    if amount == 0:
        return gettext("Gratis")
    decimals = 0 if amount == amount.to_integral_value() else 2
    number = formats.number_format(amount, decimal_pos=decimals, use_l10n=True, force_grouping=True)
    return f"€\N{NO-BREAK SPACE}{number}" if _is_dutch() else f"€{number}"


# --- Numbers as pictures -------------------------------------------------------------------------------


@register.inclusion_tag("parts/_meter.html")
def meter(parts: Iterable[int]) -> dict[str, Any]:
    """A bar in the colours of the core values, in their order; the numbers stand beside it in words."""
    widths: Sequence[int] = list(parts)
    starts = [sum(widths[:position]) for position in range(len(widths))]
    pieces = [
        {"place": place, "start": start, "width": width}
        for place, (start, width) in enumerate(zip(starts, widths, strict=True), start=1)
        if width
    ]
    return {"pieces": pieces, "total": sum(widths)}


# --- Who is reading ------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def signed_in(context: dict[str, Any]) -> bool:
    """Whether somebody is signed in, without opening a session for a reader who has no session cookie.

    So pages for readers answer without `Vary: Cookie` and stay cacheable.
    """
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return bool(request.user.is_authenticated)


@register.simple_tag(takes_context=True)
def waiting_messages(context: dict[str, Any]) -> Iterable[Any]:
    """Django's messages for this reader; looks only when a cookie says there may be some."""
    request = context.get("request")
    if request is None or not request.COOKIES.keys() & {settings.SESSION_COOKIE_NAME, "messages"}:
        return ()
    return context.get("messages") or ()
