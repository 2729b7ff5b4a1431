"""A sign-in link for somebody who gets no mail: once, within an hour, and never without the second factor."""

from django.core import signing
from django.db.models import F

from partners.models import User

SALT = "partners.sign-in-link"
SECONDS = 3600


def token_for(user: User) -> str:
    return signing.dumps([user.pk, user.session_epoch], salt=SALT)


def user_of(token: str) -> User | None:
    """Whose link this is; None when it was used, is older than an hour, or is not ours."""
    try:
        pk, epoch = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk, session_epoch=epoch, is_active=True).first()


def use_up(user: User) -> bool:
    """Whether this was the first use. It also ends every session of this user (compare-and-set)."""
    epoch = user.session_epoch
    used = User.objects.filter(pk=user.pk, session_epoch=epoch).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db()
    return used == 1
