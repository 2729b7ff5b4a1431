"""What an editor may put right before letting it through: the words, and the labels of the city."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from agenda.forms.what import TermField, TermsField
from agenda.models import Activity
from cultuurportaal.fields import LineField, ProseField
from partners.models import Audience, CoreValue, Kind, Segment, Term

_SETS: dict[str, type[Term]] = {"audiences": Audience, "core_values": CoreValue, "segments": Segment}
_PLAIN = ("title", "summary", "description", "kind")


class CorrectionForm(forms.Form):
    """Filled with an activity; `fields_and_sets` are for `submission.save`."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    title = LineField(
        label=gettext_lazy("Titel"),
        longest=100,
        error_messages={"required": gettext_lazy("Vul in wat er te doen is")},
    )
    summary = LineField(label=gettext_lazy("In één zin"), longest=200, required=False)
    description = ProseField(
        label=gettext_lazy("Meer erover"),
        longest=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    kind = TermField(label=gettext_lazy("Wat voor soort"), empty_label=gettext_lazy("Kies een soort"))
    audiences = TermsField(label=gettext_lazy("Voor wie"))
    core_values = TermsField(label=gettext_lazy("Kernwaarden"))
    segments = TermsField(
        label=gettext_lazy("Marketingsegmenten"), help_text=gettext_lazy("Alleen de redactie ziet dit.")
    )

    def __init__(self, data: Any = None, *, activity: Activity, **kwargs: Any) -> None:
        super().__init__(data, initial=initial(activity), **kwargs)
        words: dict[str, type[Term]] = {"kind": Kind, **_SETS}
        for name, model in words.items():
            self.fields[name].queryset = _words(model, activity)  # type: ignore[attr-defined]

    def fields_and_sets(self) -> tuple[dict[str, Any], dict[str, Any]]:
        fields = {name: self.cleaned_data[name] for name in _PLAIN}
        return fields, {name: self.cleaned_data[name] for name in _SETS}

    def differences(self) -> list[tuple[str, str]]:
        """Label and what the activity says now, for every field where this form says otherwise."""
        return [(str(bound.label), _said(bound)) for bound in self if bound.name in self.changed_data]


def _said(bound: forms.BoundField) -> str:
    """What the activity says, in words: the names of chosen terms, or the text itself."""
    value = bound.initial
    if isinstance(bound.field, forms.ModelChoiceField) and bound.field.queryset is not None:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(str(term) for term in bound.field.queryset.filter(code__in=filter(None, codes)))
    return str(value or "")


def initial(activity: Activity) -> dict[str, Any]:
    plain = {name: getattr(activity, name) for name in ("title", "summary", "description", "version")}
    chosen = {name: [term.code for term in getattr(activity, name).all()] for name in _SETS}
    return {**plain, "kind": activity.kind.code if activity.kind else None, **chosen}


def _words(model: type[Term], activity: Activity) -> QuerySet[Any]:
    return model._default_manager.filter(city=activity.city_id, is_active=True)
