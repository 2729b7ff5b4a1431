"""Who sends it: somebody without an account, or a member of one or more organisations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from agenda.models import Activity
from cultuurportaal.fields import LineField, MailField
from partners.models import Organisation, User


class MakerNameField(LineField):
    """The name of an organisation that has no row yet."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            help_text=gettext_lazy("Bijvoorbeeld je vereniging, koor of theater. Die naam zien bezoekers."),
            longest=120,
            error_messages={
                "required": gettext_lazy("Vul in van wie dit is, bijvoorbeeld: popkoor De Waterlelie")
            },
            **kwargs,
        )


class SenderForm(forms.Form):
    """Name, organisation and mail address of somebody who is not signed in."""

    sender_name = LineField(
        label=gettext_lazy("Jouw naam"),
        longest=120,
        error_messages={"required": gettext_lazy("Vul je naam in")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    sender_organisation = MakerNameField(
        label=gettext_lazy("Naam van je groep of organisatie"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    sender_mail = MailField(
        max_length=254,
        label=gettext_lazy("Jouw mailadres"),
        help_text=gettext_lazy("Je krijgt een code van zes cijfers. Een wachtwoord is niet nodig."),
        error_messages={
            "required": gettext_lazy("Vul je mailadres in"),
            "invalid": gettext_lazy("Schrijf je mailadres zo: naam@voorbeeld.nl"),
            "max_length": gettext_lazy("Dit mailadres is te lang. Schrijf het zo: naam@voorbeeld.nl"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def values(self) -> dict[str, Any]:
        names = ("sender_name", "sender_organisation", "sender_mail")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class MemberForm(forms.Form):
    """For which of their organisations a signed-in maker sends it; without one, its name in words."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Van wie is dit?"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies van welke organisatie dit is"),
            "invalid_choice": gettext_lazy("Kies een organisatie uit de lijst"),
        },
    )
    sender_organisation = MakerNameField(label=gettext_lazy("Van wie is dit?"))

    def __init__(self, data: Any = None, *, user: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.user = user
        self.own = list(Organisation.objects.of_member(user))
        if self.own:
            del self.fields["sender_organisation"]
            self.fields["organisation"].queryset = Organisation.objects.of_member(user)  # type: ignore[attr-defined]
            self.fields["organisation"].required = len(self.own) > 1
        else:
            del self.fields["organisation"]

    @property
    def has_choice(self) -> bool:
        return len(self.own) != 1

    def values(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("organisation") or (self.own[0] if len(self.own) == 1 else None)
        return {
            "organisation": chosen,
            "sender_organisation": self.cleaned_data.get("sender_organisation", ""),
            "sender_name": self.user.name,
            "sender_mail": self.user.email,
        }


def initial_who(activity: Activity) -> dict[str, Any]:
    return {
        "organisation": activity.organisation.slug if activity.organisation else None,
        "sender_organisation": activity.sender_organisation,
        "sender_name": activity.sender_name,
        "sender_mail": activity.sender_mail,
    }
