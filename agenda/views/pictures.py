"""The picture of an activity before everybody may see it: for its makers, and for who reads at the desk."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agenda.services import pictures
from agenda.views.ownership import get_activity


@login_not_required
@never_cache
@require_safe
def picture(request: HttpRequest, uuid: object, name: str) -> HttpResponse:
    """A rendition from the private storage; 404 for whoever may not see the activity. Never the original."""
    activity, _by = get_activity(request, uuid)
    if activity.picture is None:
        raise Http404
    try:
        rendition = pictures.before_release(activity.picture, name)
    except FileNotFoundError as error:
        raise Http404 from error
    return HttpResponse(rendition, content_type=f"image/{name.rpartition('.')[2]}")
