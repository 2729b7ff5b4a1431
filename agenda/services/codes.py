"""The six-digit code that proves that a sender reads their mail: sent at once, kept only as a digest.

It is kept where the limits are, beside its activity: a page sent twice has one code, and a sender needs no
session.
"""

import hmac
import logging
import secrets
from enum import Enum
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.urls import reverse

from agenda import signatures
from agenda.models import Activity
from cultuurportaal import limits
from cultuurportaal.mail import render

log = logging.getLogger(__name__)
CODE_SECONDS, MOST_TRIES = 15 * 60, 5


class Verdict(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    USED_UP = "used up"


def send_code(activity: Activity, *, language: str, is_asked: bool = False) -> bool:
    """Mail a code, with the link that does the same, to the sender; False when the mail could not be sent.

    Unless they ask for another one, a code that still works is not replaced.
    """
    code = f"{secrets.randbelow(1_000_000):06d}"
    key, digest = _key(activity), _digest(activity, code)
    if not is_asked and not cache.add(key, digest, CODE_SECONDS):
        return True
    cache.set(key, digest, CODE_SECONDS)
    try:
        _mail(activity, code, language).send()
    except (OSError, ValueError) as problem:  # smtplib's errors are OSErrors; ValueError: an odd address
        log.warning("code for activity %s was not sent: %s", activity.uuid, type(problem).__name__)
        cache.delete(key)
        return False
    return True


def has_code(activity: Activity) -> bool:
    """Whether a code is on its way that still works."""
    return cache.get(_key(activity)) is not None


def judge(activity: Activity, typed: str) -> Verdict:
    """A typed code; five tries are counted for each code that was sent."""
    digest = cache.get(_key(activity))
    if not digest or not limits.take("code", digest, most=MOST_TRIES, seconds=CODE_SECONDS):
        return Verdict.USED_UP
    digits = "".join(character for character in typed if character.isdigit())
    is_right = hmac.compare_digest(_digest(activity, digits), digest)
    return Verdict.RIGHT if is_right else Verdict.WRONG


def _mail(activity: Activity, code: str, language: str) -> EmailMessage:
    path = reverse("agenda:confirm", args=[signatures.link_token(activity)])
    words = {
        "code": code,
        "activity": activity,
        "name": activity.sender_name,
        "link": f"{settings.SITE_ORIGIN}{path}",
        "city": activity.city,
    }
    subject, text = render("agenda/code", words, language)
    return EmailMessage(subject, text, to=[activity.sender_mail], reply_to=[activity.city.mail])


def _key(activity: Activity) -> str:
    address = sha256(activity.sender_mail.lower().encode()).hexdigest()[:16]
    return f"code:{activity.uuid.hex}:{address}"


def _digest(activity: Activity, code: str) -> str:
    """Bound to this activity and to the address that it was sent to."""
    words = f"{activity.uuid}:{activity.sender_mail.lower()}:{code}"
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), sha256).hexdigest()
