"""The six-digit code that proves that a sender reads their mail: sent at once, kept only as a digest."""

import hmac
import logging
import secrets
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from agenda import signatures
from agenda.models import Activity
from cultuurportaal.mail import render

log = logging.getLogger(__name__)


def send_code(activity: Activity, *, language: str) -> str:
    """Mail a fresh code, with the link that does the same, to the sender; returns the digest to remember.

    "" when the mail could not be sent. The code itself is nowhere but in that mail.
    """
    code = f"{secrets.randbelow(1_000_000):06d}"
    path = reverse("agenda:confirm", args=[signatures.link_token(activity)])
    words = {
        "code": code,
        "activity": activity,
        "name": activity.sender_name,
        "link": f"{settings.SITE_ORIGIN}{path}",
        "city": activity.city,
    }
    subject, text = render("agenda/code", words, language)
    mail = EmailMessage(subject, text, to=[activity.sender_mail], reply_to=[activity.city.mail])
    try:
        mail.send()
    except (OSError, ValueError) as problem:  # smtplib's errors are OSErrors; ValueError: an odd address
        log.warning("code for activity %s was not sent: %s", activity.uuid, type(problem).__name__)
        return ""
    return digest(activity, code)


def digest(activity: Activity, code: str) -> str:
    """Bound to this activity and to the address that it was sent to."""
    words = f"{activity.uuid}:{activity.sender_mail.lower()}:{code}"
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), sha256).hexdigest()


def is_code(activity: Activity, typed: str, remembered: str) -> bool:
    digits = "".join(character for character in typed if character.isdigit())
    return hmac.compare_digest(digest(activity, digits), remembered)
