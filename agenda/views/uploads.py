"""A picture that comes with a form is kept at once, so that a mistake elsewhere does not cost it."""

import logging
from datetime import datetime

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from agenda.forms.what import SIGNED_PICTURE
from agenda.services import pictures
from cultuurportaal import limits
from partners.models import User
from partners.origin import client_ip

log = logging.getLogger(__name__)
MOST_BY_ADDRESS = 30


def posted(request: HttpRequest, now: datetime) -> tuple[QueryDict, str]:
    """What was posted, with a received picture in `picture`; and what was wrong with that picture."""
    data = request.POST.copy()
    file = request.FILES.get("picture_file")
    if file is None:
        return data, ""
    by = request.user if isinstance(request.user, User) else None
    if by is None and not limits.take("picture", client_ip(request), most=MOST_BY_ADDRESS, seconds=600):
        return data, str(pictures.WORDS["many"])
    try:
        picture = pictures.receive(file, by=by, now=now)
    except pictures.PictureRefused as refusal:
        return data, str(refusal.words)
    except OSError:
        log.exception("a picture could not be kept")
        return data, _("We konden deze foto niet bewaren. De tekst is er nog. Probeer de foto later.")
    data["picture"] = SIGNED_PICTURE.sign(str(picture.pk))
    return data, ""
