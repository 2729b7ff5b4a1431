"""How somebody without an account owns what they sent: a six-digit code by mail and a signed link.

Both follow from the row and SECRET_KEY, so nothing secret is stored. The door limits how often one may guess.
"""

import hmac
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare

from agenda.models import Activity

SALT = "agenda.activity"
LINK_SECONDS = 60 * 60 * 24 * 400


def code(activity: Activity) -> str:
    """Six digits that prove that the sender reads their mail; the same until the mail address changes."""
    words = f"{SALT}.code:{activity.uuid}:{activity.sender_mail.lower()}"
    digest = hmac.new(settings.SECRET_KEY.encode(), words.encode(), sha256).digest()
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06d}"


def is_code(activity: Activity, given: str) -> bool:
    return constant_time_compare(code(activity), "".join(given.split()))


def link_token(activity: Activity) -> str:
    """For the mailed link and the cookie: whoever holds it acts as the sender of this activity."""
    return signing.dumps([activity.uuid.hex, activity.sender_mail.lower()], salt=SALT)


def owns(activity: Activity, token: str) -> bool:
    """Does the token belong to this activity, and still to its sender's address?"""
    return _read(token) == [activity.uuid.hex, activity.sender_mail.lower()]


def activity_uuid(token: str) -> UUID | None:
    """Which activity a token is about; None for a token that is not ours. Ask `owns` before trusting it."""
    found = _read(token)
    return UUID(found[0]) if found else None


def _read(token: str) -> list[str] | None:
    try:
        found = signing.loads(token, salt=SALT, max_age=LINK_SECONDS)
    except signing.BadSignature:
        return None
    return found if isinstance(found, list) else None
