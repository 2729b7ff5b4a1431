"""The six-digit code, and another mail address to send it to."""

from django import forms
from django.utils.translation import gettext_lazy

from agenda.forms.who import SenderForm
from cultuurportaal.fields import LineField


class CodeForm(forms.Form):
    code = LineField(
        label=gettext_lazy("Code uit je mail"),
        help_text=gettext_lazy("Zes cijfers. Plakken mag."),
        longest=40,
        error_messages={"required": gettext_lazy("Vul de zes cijfers uit je mail in")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "code",
                "maxlength": False,
            }
        ),
    )


class MailForm(forms.Form):
    sender_mail = SenderForm.base_fields["sender_mail"]
