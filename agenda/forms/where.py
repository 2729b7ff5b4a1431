"""Where it is: a registered place (perhaps with its hall), or a place in words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.models import Activity
from agenda.services.places import Found, find_place, in_words
from cultuurportaal.fields import LineField
from partners.models import City, District, Organisation, Room, User, Venue
from partners.permissions import Person

ELSEWHERE = ""
MOST_CHIPS = 4


class WhereForm(forms.Form):
    """A chip of a known place, or a text; a text that is the name of a registered place is that place."""

    venue = forms.ChoiceField(
        label=gettext_lazy("3. Waar is het?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Kies een plek uit de lijst of schrijf hem op.")},
    )
    place = LineField(
        label=gettext_lazy("Schrijf op waar het is"),
        help_text=gettext_lazy("Een plek uit de stad, of een straat met nummer"),
        longest=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "plekken", "autocomplete": "off"}),
    )
    district = forms.ModelChoiceField(
        label=gettext_lazy("Wijk"),
        queryset=District.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("Kies een wijk"),
        error_messages={"invalid_choice": gettext_lazy("Kies iets uit de lijst.")},
    )

    def __init__(
        self, data: Any = None, *, city: City, near: list[Venue], is_needed: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.city, self.is_needed = city, is_needed
        chips = [(venue.slug, venue.name) for venue in near]
        self.fields["venue"].choices = [*chips, (ELSEWHERE, _("Ergens anders"))]  # type: ignore[attr-defined]
        self.fields["district"].queryset = District.objects.filter(city=city, is_active=True)  # type: ignore[attr-defined]
        self.near = {venue.slug: venue for venue in near}
        self.known: Found = (None, None)
        self.place_text = ""

    def begin_with(self, venue: Venue, room: Room | None) -> None:
        """A place to start from: its chip when it has one, else its name."""
        if venue.slug in self.near and room is None:
            self.initial["venue"] = venue.slug
        else:
            self.initial["place"] = in_words(venue, room)

    @property
    def has_chips(self) -> bool:
        return bool(self.near)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen, text = self.near.get(cleaned.get("venue", "")), cleaned.get("place", "")
        self.known = find_place(self.city, text)
        if chosen and text and self.known[0] != chosen:
            self.known = (None, None)
            raise ValidationError(
                {
                    "place": _(
                        "Je koos een plek en schreef er een op. Kies 'Ergens anders' of maak dit vak leeg."
                    )
                }
            )
        if chosen and not text:
            self.known = (chosen, None)
        self.place_text = "" if self.known[0] else text
        if self.is_needed and not self.errors and not self.known[0] and not text:
            self.add_error("place", _("Kies een plek of schrijf op waar het is"))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The columns of an activity; the district of a registered place is its own."""
        venue, room = self.known
        district = None if venue else self.cleaned_data.get("district")
        return {"venue": venue, "room": room, "place_text": self.place_text, "district": district}


def known_places(city: City) -> list[str]:
    """What the text field suggests: every registered place, and each of its halls."""
    places: list[str] = []
    for venue in Venue.objects.active().filter(city=city).prefetch_related("rooms"):
        places += [in_words(venue, None), *(in_words(venue, room) for room in venue.rooms.all())]
    return places


def near_places(user: Person, city: City) -> list[Venue]:
    """A few places to choose with one touch: those of one's own organisations, else the best known."""
    places = Venue.objects.active().filter(city=city)
    if isinstance(user, User):
        mine = Organisation.objects.of_member(user)
        used = Activity.objects.of_organisations(mine).exclude(venue=None)
        own = places.filter(Q(organisation__in=mine) | Q(pk__in=used.values("venue")))[:MOST_CHIPS]
        if own:
            return list(own)
    return list(places.annotate(shown=Count("listings")).order_by("-shown", "name")[:MOST_CHIPS])
