"""Reading a feed's answer in tests."""

import gzip
from typing import Any

from django.http import HttpResponse
from icalendar import Calendar, Event


def text(response: HttpResponse) -> str:
    body = response.content
    return (gzip.decompress(body) if response.get("Content-Encoding") == "gzip" else body).decode()


def events(response: HttpResponse) -> list[Event]:
    return Calendar.from_ical(text(response)).events


def titles(response: HttpResponse) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(response)]


def by_uid(response: HttpResponse) -> dict[str, Any]:
    """Events by the part of their UID before the @."""
    return {str(event["UID"]).split("@")[0]: event for event in events(response)}
