"""Where two sheets of one activity differ, in the words of their fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from agenda.forms.sheet import Sheet

UNSEEN = {"version", "token", "picture", "picture_file", "drop_picture", "venue"}


@dataclass(frozen=True)
class Difference:
    label: str
    mine: str
    theirs: str


def differences(mine: Sheet, theirs: Sheet) -> list[Difference]:
    found = []
    for form, other in zip(mine, theirs, strict=False):
        for name, field in form.fields.items():
            texts = _text(form, name), _text(other, name)
            if name not in UNSEEN and texts[0] != texts[1]:
                found.append(Difference(str(field.label or name), *texts))
    return [*found, *_pictures(mine, theirs)]


def _pictures(mine: Sheet, theirs: Sheet) -> Iterator[Difference]:
    """Another picture, in words; one picture that is cropped elsewhere differs in its focus only."""
    own, other = mine.what.shown_picture, theirs.what.shown_picture
    if (own and own.sha256) != (other and other.sha256):
        words = _("Jouw foto") if own else "", _("Een andere foto") if other else ""
        yield Difference(_("Foto of poster"), *words)


def _text(form: forms.Form, name: str) -> str:
    """What stands in a field, as a person reads it."""
    bound = form[name]
    field = bound.field
    value: Any = bound.value()
    if isinstance(field, forms.BooleanField):
        return "✓" if value else ""
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
        choices: Any = field.choices
        return ", ".join(str(label) for code, label in choices if code and str(code) in chosen)
    return "" if value is None else str(field.prepare_value(value)).replace("\r\n", "\n").strip()
