"""What it is: the title, and everything that may stay empty."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.forms.guess import kind_of
from agenda.models import Activity, Picture
from cultuurportaal.fields import LineField, LinkField, MoneyField, ProseField
from partners.models import AccessFact, Audience, City, Kind, Pass, Term

if TYPE_CHECKING:
    OneTerm = forms.ModelChoiceField[Term]
    SomeTerms = forms.ModelMultipleChoiceField[Term]
else:
    OneTerm, SomeTerms = forms.ModelChoiceField, forms.ModelMultipleChoiceField

NOT_LISTED = {
    "invalid_choice": gettext_lazy("Kies iets uit de lijst."),
    "invalid_pk_value": gettext_lazy("Kies iets uit de lijst."),
}
LANGUAGES = [
    ("nl", gettext_lazy("Nederlands")),
    ("en", gettext_lazy("Engels")),
    ("de", gettext_lazy("Duits")),
    ("zxx", gettext_lazy("zonder woorden")),
]
OLDEST = 120
SIGNED_PICTURE = Signer(salt="agenda.picture")


class TermField(OneTerm):
    """One word of a vocabulary of the city, by its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=None, to_field_name="code", required=False, error_messages=NOT_LISTED, **kwargs
        )


class TermsField(SomeTerms):
    """Some words of a vocabulary of the city, by their codes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=None, to_field_name="code", required=False, error_messages=NOT_LISTED, **kwargs
        )


class AgeField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        wrong = gettext_lazy("Schrijf een leeftijd als getal, van 0 tot 120.")
        super().__init__(
            required=False,
            min_value=0,
            max_value=OLDEST,
            error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            **kwargs,
        )


class PictureField(forms.Field):
    """A picture that was received before, by its signed number: only what we handed out comes back."""

    widget = forms.HiddenInput

    def prepare_value(self, value: Any) -> Any:
        return SIGNED_PICTURE.sign(str(value.pk)) if isinstance(value, Picture) else value

    def to_python(self, value: Any) -> Picture | None:
        if not value:
            return None
        try:
            return Picture.objects.filter(pk=SIGNED_PICTURE.unsign(str(value))).first()
        except (BadSignature, ValidationError) as problem:
            raise ValidationError(_("Deze foto kennen we niet meer. Kies hem nog eens.")) from problem


FOCUS = [
    ("50-50", gettext_lazy("Het midden")),
    ("50-0", gettext_lazy("Boven")),
    ("50-100", gettext_lazy("Onder")),
    ("0-50", gettext_lazy("Links")),
    ("100-50", gettext_lazy("Rechts")),
    ("0-0", gettext_lazy("Linksboven")),
    ("100-0", gettext_lazy("Rechtsboven")),
    ("0-100", gettext_lazy("Linksonder")),
    ("100-100", gettext_lazy("Rechtsonder")),
]
"""The point that every crop keeps, in percent from the left and from above."""


class WhatForm(forms.Form):
    """The fields of an activity that say what it is."""

    title = LineField(
        label=gettext_lazy("1. Wat is er te doen?"),
        help_text=gettext_lazy("Geef het een naam die nieuwsgierig maakt"),
        longest=100,
        error_messages={"required": gettext_lazy("Vul in wat er te doen is")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    summary = LineField(
        label=gettext_lazy("In één zin"),
        help_text=gettext_lazy("Wat gaan bezoekers meemaken?"),
        longest=200,
        required=False,
    )
    description = ProseField(label=gettext_lazy("Meer erover"), longest=6000, required=False)
    kind = TermField(label=gettext_lazy("Wat voor soort"), empty_label=gettext_lazy("Kies een soort"))
    audiences = TermsField(label=gettext_lazy("Voor wie"))
    age_from = AgeField(label=gettext_lazy("Vanaf leeftijd"))
    age_to = AgeField(label=gettext_lazy("Tot en met leeftijd"))
    language = forms.ChoiceField(
        label=gettext_lazy("Taal"), choices=LANGUAGES, required=False, error_messages=NOT_LISTED
    )
    price_kind = forms.ChoiceField(
        label=gettext_lazy("Wat kost het?"),
        choices=Activity.Price.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages=NOT_LISTED,
    )
    price = MoneyField(
        label=gettext_lazy("Bedrag in euro"), help_text=gettext_lazy("Bijvoorbeeld 7,50"), required=False
    )
    price_note = LineField(
        label=gettext_lazy("Over de prijs"),
        help_text=gettext_lazy("Bijvoorbeeld: kinderen half geld"),
        longest=200,
        required=False,
    )
    passes = TermsField(label=gettext_lazy("Korting of gratis met een pas"))
    booking_url = LinkField(label=gettext_lazy("Link voor kaarten of aanmelden"), required=False)
    website = LinkField(label=gettext_lazy("Website"), required=False)
    access = TermsField(label=gettext_lazy("Toegankelijk"))
    picture = PictureField(required=False)
    picture_file = forms.FileField(
        label=gettext_lazy("Kies een foto of poster"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/*,.heic,.pdf"}),
    )
    picture_alt = LineField(
        label=gettext_lazy("Wat staat er op de foto?"),
        help_text=gettext_lazy("Voor wie hem niet kan zien. Bijvoorbeeld: een koor zingt in een kerk"),
        longest=200,
        required=False,
    )
    has_picture_rights = forms.BooleanField(
        label=gettext_lazy("Ik mag deze foto gebruiken, en iedereen die erop staat vindt het goed."),
        required=False,
    )
    focus = forms.ChoiceField(
        label=gettext_lazy("Wat is belangrijk op de foto?"),
        help_text=gettext_lazy("Dat blijft in beeld als we de foto bijsnijden."),
        choices=FOCUS,
        required=False,
        error_messages=NOT_LISTED,
    )
    drop_picture = forms.BooleanField(label=gettext_lazy("Haal de foto weg"), required=False)
    note = LineField(
        label=gettext_lazy("Bericht aan de redactie"),
        help_text=gettext_lazy("Alleen de redactie leest dit."),
        longest=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    SETS = ("audiences", "passes", "access")
    PLAIN = (
        "title", "summary", "description", "kind", "age_from", "age_to", "language", "price_kind", "price",
        "price_note", "booking_url", "website", "picture", "picture_alt", "has_picture_rights", "note",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, files: Any = None, *, city: City, is_draft: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.city, self.is_draft = city, is_draft
        self.fields["title"].required = not is_draft
        if picture := self.initial.get("picture"):
            self.initial["focus"] = f"{picture.focus_x * 100:.0f}-{picture.focus_y * 100:.0f}"
        for name, model in (
            ("kind", Kind),
            ("audiences", Audience),
            ("passes", Pass),
            ("access", AccessFact),
        ):
            self.fields[name].queryset = _words(model, city)  # type: ignore[attr-defined]

    @cached_property
    def shown_picture(self) -> Picture | None:
        """The picture that is kept while the page goes back and forth."""
        try:
            return (
                PictureField().to_python(self["picture"].value())
                if self.is_bound
                else self.initial.get("picture")
            )
        except ValidationError:
            return None

    @property
    def focus_point(self) -> tuple[float, float] | None:
        """Where the crops of the kept picture look, 0–1 from the left and from above; None when unsaid."""
        said = self.cleaned_data.get("focus")
        if not said or not self.cleaned_data.get("picture"):
            return None
        x, y = said.split("-")
        return int(x) / 100, int(y) / 100

    @property
    def chosen_audiences(self) -> list[str]:
        return self._names("audiences")

    @property
    def chosen_access(self) -> list[str]:
        return self._names("access")

    def _names(self, field: str) -> list[str]:
        """The terms that a new page begins with, for its closed parts."""
        terms = self.fields[field].queryset  # type: ignore[attr-defined]
        return [term.label for term in terms if term.code in self.initial.get(field, ())]

    @property
    def chosen_kind(self) -> Kind | None:
        """Chosen, or else guessed from the title: what the closed part of the page says."""
        kinds = self.fields["kind"].queryset  # type: ignore[attr-defined]
        code = self["kind"].value()
        return (
            kinds.filter(code=str(code)).first() if code else kind_of(str(self["title"].value() or ""), kinds)
        )

    def clean_language(self) -> str:
        return str(self.cleaned_data["language"] or "nl")

    def clean_picture(self) -> Picture | None:
        return None if self.data.get("drop_picture") else self.cleaned_data["picture"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_price(cleaned)
        self._check_ages(cleaned)
        if cleaned.get("picture") and not self.is_draft:
            self._check_picture(cleaned)
        return cleaned

    def _check_price(self, cleaned: dict[str, Any]) -> None:
        kind, price = cleaned.get("price_kind") or Activity.Price.UNKNOWN, cleaned.get("price")
        if price and kind in (Activity.Price.FREE, Activity.Price.DONATION):
            self.add_error(
                "price", _("Je koos gratis of een vrije gift, maar schreef ook een bedrag op. Wat klopt er?")
            )
        elif price is not None and kind == Activity.Price.UNKNOWN:
            kind = Activity.Price.PAID if price else Activity.Price.FREE
        cleaned["price_kind"] = str(kind)

    def _check_ages(self, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get("age_from"), cleaned.get("age_to")
        if first is not None and last is not None and last < first:
            self.add_error("age_to", _("De hoogste leeftijd is lager dan de laagste."))

    def _check_picture(self, cleaned: dict[str, Any]) -> None:
        if "picture_alt" in cleaned and not cleaned["picture_alt"]:
            self.add_error("picture_alt", _("Schrijf in een paar woorden wat er op de foto staat."))
        if not cleaned.get("has_picture_rights"):
            self.add_error("has_picture_rights", _("Zet een vinkje als je deze foto mag gebruiken."))


def _words(model: type[Term], city: City) -> QuerySet[Any]:
    return model._default_manager.filter(city=city, is_active=True)
