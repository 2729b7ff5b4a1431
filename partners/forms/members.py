"""Who may act for an organisation: asking somebody, and changing what they are."""

from django import forms
from django.utils.translation import gettext_lazy

from cultuurportaal.fields import MailField
from partners.forms.profile import MAIL_LIKE_THIS, ONE_OF_THESE
from partners.models import Membership

ROLE_WORDS = [
    (Membership.Role.MEMBER, gettext_lazy("lid: meldt activiteiten aan en wijzigt ze")),
    (Membership.Role.OWNER, gettext_lazy("hoofdmaker: kan ook mensen uitnodigen en de pagina wijzigen")),
]


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=gettext_lazy("Wat mag diegene?"),
        choices=ROLE_WORDS,
        widget=forms.RadioSelect,
        error_messages={**ONE_OF_THESE, "required": gettext_lazy("Kies wat diegene mag")},
    )


class InvitationForm(RoleForm):
    email = MailField(label=gettext_lazy("Mailadres"), max_length=254, error_messages=MAIL_LIKE_THIS)

    field_order = ["email", "role"]
