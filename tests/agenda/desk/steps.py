"""What an editor does at the desk, and what stands there to do it with."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda.models import Activity
from agenda.services import submission
from partners.models import Reason, User
from tests import make


def review(activity: Activity, step: str = "review") -> str:
    return reverse(f"agenda:{step}", args=[activity.uuid])


def decide(client: Client, activity: Activity, step: str = "approve", **data: Any) -> Any:
    return client.post(review(activity, step), {"version": activity.version, **data})


def save(activity: Activity, *, by: User | None, fields: dict[str, Any]) -> None:
    submission.save(
        activity, fields=fields, sets={}, slots=None, seen=activity.version, by=by, now=timezone.now()
    )


def text(response: Any) -> str:
    """The page as one line of words without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def reason(use: str = "ask", code: str = "tijd") -> Reason:
    fields = {"name": "Welke tijd klopt?", "text": "We lezen twee tijden. Hoe laat begint het?"}
    return Reason.objects.get_or_create(city=make.city(), code=code, use=use, defaults=fields)[0]


def without_organisation() -> Activity:
    activity = make.submitted("Klimaatkoor", sender_organisation="Buurtkoor")
    Activity.objects.filter(pk=activity.pk).update(organisation=None)
    activity.refresh_from_db()
    return activity
