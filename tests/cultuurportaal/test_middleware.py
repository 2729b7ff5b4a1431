"""The front door: what no page can answer is refused in Dutch (bad-inputs Q01, Q02, Q04, Q07)."""

import pytest
import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from cultuurportaal.middleware import reject_bad_input, request_number


def answer(address: str, **headers: str) -> HttpResponse:
    request = RequestFactory().get(address, headers=headers)
    return reject_bad_input(lambda request: HttpResponse("goed"))(request)


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=a%00b", "%00=a", "q=%ff%fe", "q=%C0%AF", "q=%ED%A0%80", "q=" + "a" * 8000, "a=1&" * 4000],
)
def test_addresses_that_no_form_can_read_are_400_in_dutch(query: str) -> None:
    response = answer(f"/robots.txt?{query}")
    assert response.status_code == 400
    assert "We begrijpen niet wat je zoekt" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    ["q=caf%C3%A9", "q=%F0%9F%8E%B7", "a[b][c]=1", "q='%3B--", "q=%25", "q=%", "q=%zz", "q=1&" * 900, ""],
)
def test_odd_but_readable_addresses_go_on_to_the_page(query: str) -> None:
    assert answer(f"/robots.txt?{query}").status_code == 200


@pytest.mark.parametrize("path", ["/agenda/%00/", "/agenda/a%00.ics", "/" + "a" * 2000])
def test_paths_with_nul_or_without_end_are_400(path: str) -> None:
    assert answer(path).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "nl," * 2700},
        {"Accept": "text/html" + ";q=0.1" * 1000},
        {"Cookie": "a=" + "b" * 16_000},
        {"Range": "bytes=" + ",".join(f"{number}-" for number in range(1000))},
        {"User-Agent": "x\x1b[2K"},
    ],
)
def test_endless_headers_are_answered(headers: dict[str, str]) -> None:
    assert Client().get("/robots.txt", headers=headers).status_code == 200


def test_a_body_beyond_measure_is_413_before_it_is_read() -> None:
    request = RequestFactory().post("/toevoegen/")
    request.META["CONTENT_LENGTH"] = str(settings.LARGEST_BODY + 1)
    response = reject_bad_input(lambda request: HttpResponse("goed"))(request)
    assert response.status_code == 413
    assert "te groot" in response.content.decode()


def test_machines_get_a_problem_in_json() -> None:
    response = answer("/api/v1/activiteiten?q=%00", Accept="application/json")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_every_request_has_a_number_of_its_own() -> None:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(structlog.contextvars.get_contextvars()["request_id"])
        return HttpResponse()

    for _ in range(2):
        request_number(view)(RequestFactory().get("/"))
    assert len(set(seen)) == 2


def test_address_of_a_button_opened_as_a_page_is_explained() -> None:
    response = Client().get("/toevoegen/concept/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Dit adres klopt niet" in response.content.decode()
    assert response["X-Frame-Options"] == "DENY"
