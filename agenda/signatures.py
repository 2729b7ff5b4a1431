"""Signed links: owning what one sent without an account, and the urgent line of one activity.

A link is a key, not a ticket (decision 0009): it opens a page, again and again, and does nothing by itself.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from agenda.models import Activity, MailAddress
from partners.models import Organisation

SALT = "agenda.activity"
LINK_SECONDS = 60 * 60 * 24 * 400
MAIL_SALT, MAKER = "agenda.mail", "maker+"
URGENT = signing.Signer(salt="agenda.urgent", sep=".")
RECHECK = signing.Signer(salt="agenda.recheck", sep=".")


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
    return _token(URGENT, activity, address_of(activity))


def opens_urgent(activity: Activity, token: str) -> bool:
    """Is this the key of this activity, mailed to the address that it still has?"""
    return _is_signed(URGENT, activity, address_of(activity), token)


def recheck_token(activity: Activity, address: str) -> str:
    """For the mail "klopt dit nog?" to this address."""
    return _token(RECHECK, activity, address)


def opens_recheck(activity: Activity, address: str, token: str) -> bool:
    return _is_signed(RECHECK, activity, address, token)


def uuid_of(token: str) -> UUID | None:
    """Which activity a key says it is about; prove it with `opens_…` before trusting it."""
    try:
        return UUID(token.partition(".")[0])
    except ValueError:
        return None


def _token(signer: signing.Signer, activity: Activity, address: str) -> str:
    return f"{activity.uuid.hex}.{signer.signature(_value(activity, address))}"


def _is_signed(signer: signing.Signer, activity: Activity, address: str, token: str) -> bool:
    signature = token.partition(".")[2]
    try:
        signer.unsign(f"{_value(activity, address)}.{signature}")
    except signing.BadSignature:
        return False
    return True


def _value(activity: Activity, address: str) -> str:
    return f"{activity.uuid.hex}.{address.lower()}"


# --- Mail in --------------------------------------------------------------------------------------------


def mail_address(organisation: Organisation) -> str:
    """Where the organisation mails what it wants in the agenda; "" when this city takes no mail."""
    if not settings.MAIL_IN_DOMAIN:
        return ""
    row = MailAddress.objects.filter(organisation=organisation).first()
    return f"{MAKER}{_mail_token(organisation, row.serial if row else 0)}@{settings.MAIL_IN_DOMAIN}"


def mail_organisation(address: str) -> Organisation | None:
    """Whose address this is now; None for one that is forged, was renewed, or whose organisation is closed.

    Letters of an address come in any case.
    """
    local = address.partition("@")[0].lower()
    number = local.removeprefix(MAKER).partition("-")[0]
    if not local.startswith(MAKER) or not (number.isascii() and number.isdecimal() and len(number) < 16):
        return None
    open_ones = Organisation.objects.filter(status__in=Organisation.OPEN)
    found = open_ones.filter(pk=int(number)).select_related("city", "mail_address").first()
    if found is None:
        return None
    row = getattr(found, "mail_address", None)
    right = f"{MAKER}{_mail_token(found, row.serial if row else 0)}"
    return found if constant_time_compare(local, right) else None


def _mail_token(organisation: Organisation, serial: int) -> str:
    """Eighty bits, in letters that survive any mail server."""
    digest = salted_hmac(MAIL_SALT, f"{organisation.uuid.hex}.{serial}", algorithm="sha256").hexdigest()
    return f"{organisation.pk}-{digest[:20]}"


def secret_uuid(salt: str, text: str) -> UUID:
    """The same for the same text, and nobody who lacks our secret can work it out."""
    return UUID(salted_hmac(salt, text, algorithm="sha256").hexdigest()[:32])
