""" "Dit is onze club", and what an editor answers."""

from django import forms
from django.utils.translation import gettext_lazy

from cultuurportaal.fields import LineField, MailField, ProseField
from partners.forms.members import RoleForm
from partners.forms.profile import MAIL_LIKE_THIS


class ClaimForm(forms.Form):
    """Of somebody who is signed in: their name and what shows that it is theirs."""

    name = LineField(
        label=gettext_lazy("Jouw naam"),
        longest=120,
        error_messages={"required": gettext_lazy("Vul je naam in")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    why = ProseField(
        label=gettext_lazy("Waaraan zien wij dat het jullie club is?"),
        help_text=gettext_lazy(
            "Bijvoorbeeld: ik ben voorzitter, mijn naam staat op jullie site bij contact."
        ),
        longest=1000,
        error_messages={"required": gettext_lazy("Schrijf in één zin wat je daar doet")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GuestClaimForm(ClaimForm):
    """Of somebody without an account: their address too, which they confirm by mail."""

    email = MailField(
        label=gettext_lazy("Jouw mailadres"),
        help_text=gettext_lazy("Je krijgt een mail om dit te bevestigen."),
        max_length=254,
        error_messages=MAIL_LIKE_THIS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["name", "email", "why"]


class AnswerForm(forms.Form):
    """Why not."""

    text = ProseField(
        label=gettext_lazy("Waarom niet?"),
        longest=1000,
        error_messages={"required": gettext_lazy("Schrijf waarom niet. Diegene leest dit.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ApprovalForm(RoleForm):
    """As what somebody comes in."""
