"""Bad input at the makers' form (rows T and D): a quick answer, words at the field, the text kept."""

import json
import time
from html import escape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from agenda.document import AMSTERDAM
from agenda.models import Activity
from partners.models import City
from tests.agenda.test_submit import URL, answers

pytestmark = pytest.mark.django_db
CORPUS = Path(__file__).parent.parent / "corpus"
CASES = [
    pytest.param(case, id=f"{case['id']} {case['name']}"[:80])
    for name in ("typed", "dates")
    for case in json.loads((CORPUS / f"{name}.json").read_text())
]
ANSWER_WITHIN = 2.0


def value_of(case: dict[str, Any]) -> str:
    """`["a", 101]` is "a" 101 times."""
    value = case["value"]
    return value[0] * value[1] if isinstance(value, list) else str(value)


def page(case: dict[str, Any]) -> dict[str, Any]:
    if "fields" in case:
        return answers(**{"tekst": "", **case["fields"]})
    return answers(**{case["field"]: value_of(case)})


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_answered_with_words_and_kept(client: Client, city: City, case: dict[str, Any]) -> None:
    fields, begin = page(case), time.monotonic()
    answer = client.post(URL, fields)
    if answer.status_code == 200 and case["expect"] == "kept":
        answer = client.post(URL, {**fields, "gelezen": answer.context["sheet"].when.understood.fingerprint})
    assert time.monotonic() - begin < ANSWER_WITHIN
    if case["expect"] == "error":
        assert_refused(answer, case, fields)
    elif case["expect"] == "asks":
        assert answer.status_code == 200
        assert case["says"] in answer.text
        assert Activity.objects.count() == 0
    else:
        assert_kept(answer, case)


def assert_refused(answer: Any, case: dict[str, Any], fields: dict[str, Any]) -> None:
    assert answer.status_code == 422
    assert "<title>Fout: " in answer.text
    assert escape(case.get("says", "")) in answer.text or case.get("says", "") in answer.text
    assert 'class="foutmelding"' in answer.text or "samenvatting" in answer.text
    assert escape(fields["sender_organisation"])[:100] in answer.text
    assert Activity.objects.count() == 0


def assert_kept(answer: Any, case: dict[str, Any]) -> None:
    assert answer.status_code == 302, [form.errors for form in answer.context["sheet"]]
    activity = Activity.objects.get()
    if "field" in case and case["field"] != "tekst":
        stored = getattr(activity, case.get("stored_in", case["field"]))
        assert str(stored) == case.get("stored", value_of(case))
    moments = list(activity.moments.all())
    assert len(moments) == case.get("times", 1)
    for name in ("start", "end"):
        if name in case:
            local = getattr(moments[0], name)
            assert local.astimezone(AMSTERDAM).isoformat(timespec="minutes") == case[name]


def test_corpus_only_grows() -> None:
    assert len(CASES) >= 250
