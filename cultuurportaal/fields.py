"""Form fields that take what people type: a line, prose, a link, an amount of money.

Lengths are checked by us and not by `maxlength` in the browser, which cuts pasted text off without a word.
"""

import re
from decimal import Decimal
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from cultuurportaal.characters import one_line, prose

NUL = _("In deze tekst staat een onzichtbaar teken dat we niet kunnen bewaren. Typ de tekst opnieuw.")
TOO_LONG = _("Dit zijn %(length)d tekens. Maak er hoogstens %(limit)d van.")


class LineField(forms.CharField):
    """One line of text. `longest` is in characters, after cleaning."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest
        self.validators = []

    def to_python(self, value: Any) -> str:
        text = "" if value in self.empty_values else str(value)
        if "\0" in text:
            raise ValidationError(NUL, code="nul")
        if len(text) <= 20 * self.longest:  # beyond that, cleaning is work for nothing
            text = self.clean_text(text)
        if len(text) > self.longest:
            raise ValidationError(TOO_LONG, code="long", params={"length": len(text), "limit": self.longest})
        return text

    def clean_text(self, text: str) -> str:
        return one_line(text)


class ProseField(LineField):
    """Text of several lines."""

    widget = forms.Textarea

    def clean_text(self, text: str) -> str:
        return prose(text)


class LinkField(LineField):
    """A web address that starts with http(s); "www.buurthuis.nl" gets its https. A name in other letters is
    kept as it goes over the wire (xn--…), so that nobody reads a lookalike for the real one."""

    widget = forms.TextInput
    WRONG = _("Schrijf het adres zo: https://www.buurthuis.nl")

    def __init__(self, *, longest: int = 500, **kwargs: Any) -> None:
        super().__init__(longest=longest, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "url", "autocapitalize": "off"}

    def clean_text(self, text: str) -> str:
        return text.strip()

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return _link(text) if text else ""


def _link(text: str) -> str:
    if text != one_line(text) or re.search(r"[\s<>\"\\^`{}|]", text):
        raise ValidationError(LinkField.WRONG, code="link")
    if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)", text):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port = f":{parts.port}" if parts.port else ""
        return parts._replace(scheme=_scheme(parts), netloc=_host(parts) + port).geturl()
    except (ValueError, UnicodeError) as problem:
        raise ValidationError(LinkField.WRONG, code="link") from problem


def _scheme(parts: SplitResult) -> str:
    if parts.scheme not in {"http", "https"}:
        raise ValidationError(_("Een link begint met https:// of http://."), code="scheme")
    if "@" in parts.netloc:
        raise ValidationError(
            _("In deze link staat een @ vóór de naam van de site. Haal dat weg."), code="user"
        )
    return parts.scheme


def check_mail_address(address: str) -> None:
    """Stricter than Django's own: no bare IP address or `localhost` for a host, and only ASCII before the @.

    Ignoring case, Django's pattern takes ſ for s and the Kelvin sign for k: lookalikes of somebody's mailbox.
    """
    EmailValidator(allowlist=[])(address)
    local, _at, host = address.rpartition("@")
    if not local.isascii() or host.startswith("["):
        raise ValidationError(_("Schrijf je mailadres zo: naam@voorbeeld.nl"), code="invalid")


class MailField(forms.EmailField):
    default_validators = [check_mail_address]


_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")


def _host(parts: SplitResult) -> str:
    """The host in ASCII and lower case. ValueError when it is no name of a site."""
    host = (parts.hostname or "").encode("idna").decode().removesuffix(".")
    labels = host.split(".")
    is_name = len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    if not is_name or labels[-1].isdigit() or len(host) > 253:
        raise ValueError("no name of a site")
    return host


_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,(?:\d{1,2}|-))?")
_PLAIN = re.compile(r"\d{1,6}(?:[.,](?:\d{1,2}|-{1,2}))?")
_DRESS = re.compile(r"€|\beuro\b|\beur\b|\s", re.IGNORECASE)


class MoneyField(forms.Field):
    """An amount in euros the Dutch way: '€ 7,50', '7.50', '12,-', '1.000,00'; a Decimal or None."""

    widget = forms.TextInput

    def __init__(self, *, most: int = 99_999, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Decimal | None:
        text = _DRESS.sub("", one_line(str(value or ""))[:100])
        if not text:
            return None
        if text.startswith(("-", "−")):
            raise ValidationError(_("Een prijs is nul of meer."), code="negative")
        amount = _amount(text)
        if amount is None or amount > self.most:
            raise ValidationError(_("Schrijf het bedrag zo: 7,50"), code="amount")
        return amount

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else value


def _amount(text: str) -> Decimal | None:
    if not text.isascii() or not (_GROUPED.fullmatch(text) or _PLAIN.fullmatch(text)):
        return None
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    whole, _comma, cents = text.replace(",", ".").partition(".")
    return Decimal(f"{whole}.{cents.replace('-', '') or '0'}").quantize(Decimal("0.01"))
