"""What every template knows about where it stands: the city."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from partners.models import City


def city(request: HttpRequest) -> dict[str, object]:
    """The public city, read when a template asks for it; None before its data is in."""
    return {"city": SimpleLazyObject(_here)}


def _here() -> City | None:
    try:
        return City.objects.here()
    except City.DoesNotExist:
        return None
