"""Signed links: owning what one sent without an account, and the urgent line of one activity.

A link is a key, not a ticket (decision 0009): it opens a page, again and again, and does nothing by itself.
"""

from uuid import UUID

from django.core import signing

from agenda.models import Activity

SALT = "agenda.activity"
LINK_SECONDS = 60 * 60 * 24 * 400
URGENT = signing.Signer(salt="agenda.urgent", sep=".")


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


def address_of(activity: Activity) -> str:
    """Where mail about this activity goes; "" when nobody is left to write to."""
    return activity.sender.email if activity.sender else activity.sender_mail


def urgent_token(activity: Activity) -> str:
    """For the urgent line in every mail; always the same one, until the address becomes another.

    Names the activity, and carries a signature over that and the address: who reads a log finds no address.
    """
    return f"{activity.uuid.hex}.{URGENT.signature(_urgent_value(activity))}"


def opens_urgent(activity: Activity, token: str) -> bool:
    """Is this the key of this activity, mailed to the address that it still has?"""
    signature = token.partition(".")[2]
    try:
        URGENT.unsign(f"{_urgent_value(activity)}.{signature}")
    except signing.BadSignature:
        return False
    return True


def urgent_uuid(token: str) -> UUID | None:
    """Which activity a token of the urgent line says it is about. Ask `opens_urgent` before trusting it."""
    try:
        return UUID(token.partition(".")[0])
    except ValueError:
        return None


def _urgent_value(activity: Activity) -> str:
    return f"{activity.uuid.hex}.{address_of(activity).lower()}"
