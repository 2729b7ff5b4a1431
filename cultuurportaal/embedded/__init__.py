"""PostgreSQL and Valkey from their wheels: found, started, reused and stopped; imports no Django."""

from cultuurportaal.embedded.addresses import Urls, celery_url, database_settings, django_database, urls
from cultuurportaal.embedded.errors import EmbeddedError
from cultuurportaal.embedded.servers import Status, running, start, status, stop

__all__ = [
    "EmbeddedError",
    "Status",
    "Urls",
    "celery_url",
    "database_settings",
    "django_database",
    "running",
    "start",
    "status",
    "stop",
    "urls",
]
