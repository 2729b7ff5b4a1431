"""Between our text and icalendar's components."""

import re
from typing import Final

from icalendar import Component

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Line ends as \\n and no control characters, which RFC 5545 §3.1 does not allow."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_of(component: Component) -> str:
    """CRLF, folded at 75 octets, properties in icalendar's own fixed order: equal in, equal out."""
    data: bytes = component.to_ical()
    return data.decode()
