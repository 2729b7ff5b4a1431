"""`manage.py demo`: all steps or none, and what is due is done before anybody looks."""

import io
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from cultuurportaal import demo
from cultuurportaal.models import OutboxMail

DONE: list[str] = []
pytestmark = pytest.mark.django_db


def first(now: datetime) -> None:
    OutboxMail.objects.create(key="demo", to="a@demo.example", subject="Dag", text="Dag", not_before=now)


def second(now: datetime) -> None:
    raise RuntimeError(now)


def twice(now: datetime) -> int:
    DONE.append("round")
    return len(DONE) < 3


def lines() -> list[str]:
    return ["maker@demo.example"]


@pytest.fixture(autouse=True)
def steps(settings: Settings) -> None:
    DONE.clear()
    settings.DEMO_STEPS, settings.SWEEPS = [f"{__name__}.first"], [f"{__name__}.twice"]
    settings.DEMO_ACCOUNTS = f"{__name__}.lines"


def test_demo_runs_its_steps_prints_the_accounts_and_leaves_nothing_due() -> None:
    told = io.StringIO()
    assert not demo.is_loaded()
    call_command("demo", stdout=told)
    assert told.getvalue() == "maker@demo.example\n"
    assert (demo.is_loaded(), len(DONE), OutboxMail.objects.count()) == (True, 3, 1)


def test_a_step_that_fails_leaves_nothing_behind(settings: Settings) -> None:
    settings.DEMO_STEPS = [f"{__name__}.first", f"{__name__}.second"]
    with pytest.raises(RuntimeError):
        demo.load()
    assert (demo.is_loaded(), DONE, OutboxMail.objects.count()) == (False, [], 0)


def test_demo_refuses_in_production(settings: Settings) -> None:
    settings.IN_PRODUCTION = True
    with pytest.raises(CommandError, match="Dit is productie"):
        call_command("demo")
    assert not demo.is_loaded()
