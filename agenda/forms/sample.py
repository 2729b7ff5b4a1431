"""What an editor found in a sample."""

from django import forms
from django.utils.translation import gettext_lazy

from cultuurportaal.fields import LineField


class BreachForm(forms.Form):
    note = LineField(
        label=gettext_lazy("Wat klopt er niet?"),
        longest=500,
        error_messages={"required": gettext_lazy("Schrijf wat er niet klopt. De hoofdmakers lezen dit.")},
    )
