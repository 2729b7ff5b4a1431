"""Adding an activity: one page, three answers, with and without an account."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda.models import Activity, Moment
from partners.models import City, DayOff, Kind, User
from tests import make

pytestmark = pytest.mark.django_db
URL = "/toevoegen/"


def soon(days: int = 10) -> str:
    """A day in words with its year, as a maker writes it."""
    day = timezone.localdate() + timedelta(days=days)
    months = "januari februari maart april mei juni juli augustus september oktober november december".split()
    return f"{day.day} {months[day.month - 1]} {day.year}"


def answers(**changed: Any) -> dict[str, Any]:
    """A page as somebody without an account fills it in."""
    return {
        "token": str(uuid4()),
        "title": "Open repetitie",
        "tekst": f"{soon()} van 20.00 tot 22.00 uur",
        "place": "Buurthuis Seghwaert",
        "sender_name": "Sam",
        "sender_organisation": "Popkoor De Waterlelie",
        "sender_mail": "sam@demo.example",
        **changed,
    }


def test_submit_page_has_everything_without_an_account(client: Client, city: City) -> None:
    answer = client.get(URL)
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("max-age=0")
    assert "Wat is er te doen?" in answer.text
    assert Activity.objects.count() == 0


def test_submit_without_an_account_waits_for_its_code(client: Client, city: City) -> None:
    answer = client.post(URL, answers())
    activity = Activity.objects.get()
    assert answer.url == reverse("agenda:sent", args=[activity.uuid])
    assert (activity.status, activity.is_confirmed, activity.place_text) == (
        "submitted",
        False,
        "Buurthuis Seghwaert",
    )
    assert activity.moments.count() == 1
    assert [one.to for one in mail.outbox] == [["sam@demo.example"]]


def test_mailed_code_makes_a_user_and_confirms(client: Client, city: City) -> None:
    page = client.post(URL, answers()).url
    code = re.findall(r"\b\d{6}\b", mail.outbox[0].body)[0]
    assert client.post(page, {"code": f" {code[:3]} {code[3:]} "}).url == page
    activity = Activity.objects.get()
    assert activity.is_confirmed
    assert activity.sender == User.objects.get(email="sam@demo.example")
    assert "Je krijgt een mail vóór" in client.get(page).text
