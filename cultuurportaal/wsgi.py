"""The WSGI entry point that granian serves."""

import os

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cultuurportaal.settings")


class Request(WSGIRequest):
    """Addresses and forms are UTF-8. Django would read them with any codec of Python that the `charset` of a
    request names, also those that read no text, and before a middleware can answer.
    """

    @property
    def encoding(self) -> None:
        return None

    @encoding.setter
    def encoding(self, named: str | None) -> None:
        """What the request names is not asked."""


application: WSGIHandler = get_wsgi_application()
application.request_class = Request
