"""How somebody without an account owns what they sent: a signed token, in a mailed link and in a cookie."""

from uuid import UUID

from django.core import signing

from agenda.models import Activity

SALT = "agenda.activity"
LINK_SECONDS = 60 * 60 * 24 * 400


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
