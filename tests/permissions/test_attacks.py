"""What no line of a corpus can say: methods, tokens, origins, links in mail (bad-inputs A, H, T18)."""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from agenda.models import Activity
from partners.models import Organisation
from tests import make
from tests.agenda.test_mine import page_of
from tests.agenda.test_submit import answers
from tests.partners.signing_in import mailed_code
from tests.permissions import routes, states
from tests.permissions.reading import writes
from tests.permissions.test_requests import own_site
from tests.permissions.world import World, browser, taken_back

pytestmark = pytest.mark.django_db
FORGED = {
    "status": "approved",
    "approved_by": "1",
    "decided_by": "1",
    "id": "1",
    "pk": "1",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "slug": "gekaapt",
    "published_at": "2026-01-01",
    "publish_from": "2026-01-01",
    "confirmed_at": "2026-01-01",
    "sender": "1",
    "is_demo": "1",
    "city": "1",
}


SENT = '{"geheim": "echoput"}'


class TestForgedFields:
    """A01: what a form does not ask is not read."""

    def test_when_adding(self, world: World) -> None:
        with taken_back():
            world.client("anon").post(reverse("agenda:submit"), answers(title="Vals", **FORGED))
            made = Activity.objects.get(title="Vals")
            assert (made.status, made.organisation, made.slug) == ("submitted", None, None)
            assert (made.confirmed_at, made.decided_by, made.publish_from, made.is_demo) == (
                None,
                None,
                None,
                False,
            )
            assert str(made.uuid) != FORGED["uuid"]

    def test_when_changing(self, world: World) -> None:
        with taken_back():
            before = states.draft(world)
            world.client("member_own").post(
                reverse("agenda:my_activity", args=[before.uuid]), page_of(before, stap="bewaar", **FORGED)
            )
            after = Activity.objects.get(pk=before.pk)
            assert (after.status, after.uuid, after.slug) == ("draft", before.uuid, None)
            assert (after.organisation, after.sender) == (before.organisation, before.sender)
            assert (after.publish_from, after.decided_by) == (None, None)

    def test_of_another_organisation(self, world: World) -> None:
        with taken_back():
            before = states.draft(world)
            forged = page_of(before, stap="bewaar", organisation=world.other.slug)
            world.client("member_own").post(reverse("agenda:my_activity", args=[before.uuid]), forged)
            assert Activity.objects.get(pk=before.pk).organisation == world.own


class TestSecrets:
    """A04, T18: what is somebody else's answers as what is not there."""

    @pytest.mark.parametrize("subject", ["member_other", "school", "broker"])
    @pytest.mark.parametrize("route", ["my_activity", "sent", "withdraw"])
    def test_theirs_is_as_unknown(self, world: World, subject: str, route: str) -> None:
        with taken_back():
            theirs, client = states.draft(world), world.client(subject)
            answers_ = [
                client.get(reverse(f"agenda:{route}", args=[uuid])) for uuid in (theirs.uuid, uuid4())
            ]
            assert [answer.status_code for answer in answers_] == [404, 404]
            assert without_tokens(answers_[0].text) == without_tokens(answers_[1].text)

    @pytest.mark.parametrize("route", ["approve", "ask", "reject", "correct", "link_organisation"])
    def test_desk_does_not_say_what_is_there(self, world: World, route: str) -> None:
        with taken_back():
            theirs, client = states.sent(world), world.client("member_other")
            answers_ = [
                client.post(reverse(f"agenda:{route}", args=[uuid])) for uuid in (theirs.uuid, uuid4())
            ]
            assert [answer.status_code for answer in answers_] == [403, 403]
            assert without_tokens(answers_[0].text) == without_tokens(answers_[1].text)

    @pytest.mark.parametrize(
        "field", ["organisation", "kind", "venue", "room", "picture", "audiences", "passes"]
    )
    def test_unknown_choices_are_refused_at_the_field(self, world: World, field: str) -> None:
        with taken_back():
            for value in ("999999", "' OR 1=1", "-1", "x" * 500, str(uuid4())):
                response = world.client("member_own").post(
                    reverse("agenda:submit"), answers(**{"organisation": world.own.slug, field: value})
                )
                assert response.status_code in {422, 302}
                made = Activity.objects.filter(title="Open repetitie").first()
                assert made is None or made.organisation == world.own

    def test_anothers_organisation_is_refused_as_one_that_is_not_there(self, world: World) -> None:
        with taken_back():
            pages, token = [], str(uuid4())
            for slug in (world.other.slug, "bestaat-niet-99"):
                data = answers(organisation=slug, token=token)
                response = world.client("member_own").post(reverse("agenda:submit"), data)
                assert response.status_code == 422
                pages.append(without_tokens(response.text).replace(slug, ""))
            assert pages[0] == pages[1]
            assert world.other.name not in pages[0]
            assert Organisation.objects.filter(activities__title="Open repetitie").count() == 0


def without_tokens(text: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "", text)
    return re.sub(r'(nonce=|X-CSRFToken[^,]*:\s*)"[^"]+"', "", text)


@pytest.fixture(scope="module")
def places(world: World) -> list[str]:
    """Ours: Django's own index of /beheer/ gives the same page whatever the method is called."""
    arguments, _posted = routes.fill_in(world)
    ours = [name for name in dict.fromkeys(routes.names()) if name not in routes.DOORS]
    return [reverse(name, args=arguments.get(name, [])) for name in ours]


class TestMethods:
    """A06, on every route: HEAD is GET without a body, and no other method has an effect."""

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "BREW"])
    def test_other_methods_do_nothing(self, world: World, places: list[str], method: str) -> None:
        client = world.client("administrator")
        for place in places:
            with taken_back(), writes() as caught:
                answer = client.generic(method, place, SENT, content_type="application/json")
            assert (answer.status_code < 500, caught) == (True, []), place
            assert answer.status_code in {200, 302, 403, 404, 405, 410}, place
            assert SENT not in answer.text, place

    def test_head_answers_as_get(self, world: World, places: list[str]) -> None:
        client = world.client("administrator")
        for place in places:
            with taken_back():
                got = client.get(place)
            with taken_back(), writes() as caught:
                head = client.head(place)
            assert head.status_code == got.status_code, place
            assert (head.content if not head.streaming else b"".join(head)) == b"", place
            assert caught == [], place


class TestForeignForms:
    """H04: a form without our token, or from elsewhere, is refused in Dutch and gives back what was typed."""

    @pytest.fixture
    def strict(self) -> Client:
        return Client(enforce_csrf_checks=True, raise_request_exception=False)

    def test_without_token(self, world: World, strict: Client) -> None:
        with taken_back():
            response = strict.post(reverse("agenda:submit"), answers(title="Mijn lange verhaal"))
            assert response.status_code == 403
            assert "Versturen lukte niet" in response.text
            assert "Mijn lange verhaal" in response.text
            assert not Activity.objects.filter(title="Mijn lange verhaal").exists()

    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"origin": "http://testserver.evil.example"},
        ],
    )
    def test_from_another_site(self, world: World, strict: Client, headers: dict[str, str]) -> None:
        with taken_back():
            strict.get(reverse("agenda:submit"))
            token = strict.cookies[settings.CSRF_COOKIE_NAME].value
            data = answers(title="Van elders", csrfmiddlewaretoken=token)
            assert strict.post(reverse("agenda:submit"), data, headers=headers).status_code == 403
            assert strict.post(reverse("agenda:submit"), data).status_code == 302

    def test_with_a_foreign_token(self, world: World, strict: Client) -> None:
        with taken_back():
            strict.get(reverse("agenda:submit"))
            data = answers(csrfmiddlewaretoken="a" * 64)
            assert strict.post(reverse("agenda:submit"), data).status_code == 403

    def test_every_route_that_takes_a_post_asks_for_the_token(self, world: World, strict: Client) -> None:
        strict.cookies[settings.SESSION_COOKIE_NAME] = world.sessions["administrator"]
        with taken_back():
            arguments, posted = routes.fill_in(world)
            for name in dict.fromkeys(routes.names()):
                address = reverse(name, args=arguments.get(name, []))
                with taken_back():
                    assert strict.post(address, posted.get(name, {})).status_code == 403, name


class TestOtherHosts:
    """H01, H03: neither mails nor redirects follow the headers of a request."""

    @pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "Origin"])
    def test_mailed_links_lead_to_this_site(self, world: World, header: str) -> None:
        with taken_back():
            browser().post(reverse("agenda:submit"), answers(), headers={header: "evil.example"})
            told = mail.outbox[-1].body
            assert settings.SITE_ORIGIN in told
            assert "evil" not in told

    @pytest.mark.parametrize(
        "target", ["//evil.example", "/\\evil.example", "javascript:alert(1)", "https:evil"]
    )
    def test_after_signing_in_one_stays_here(self, world: World, target: str) -> None:
        with taken_back():
            client, user = browser(), make.user()
            client.post(f"{reverse('account_login')}?next={target}", {"login": user.email, "next": target})
            answer = client.post(
                reverse("account_confirm_login_code"), {"code": mailed_code(), "next": target}
            )
            assert answer.status_code == 302
            assert own_site(answer)
            assert answer["Location"] == reverse("agenda:mine")


def test_personal_pages_are_kept_by_no_cache(world: World) -> None:
    """H08: the page of one is never the answer to another."""
    with taken_back():
        states.published(world)
        own = world.client("owner_own").get("/")
        assert own["Cache-Control"] == "private, no-store"
        for_all = world.client("anon").get("/", headers={"If-None-Match": own.get("ETag", '"x"')})
        assert for_all.status_code == 200
        assert "Uitloggen" not in for_all.text
        assert "Cookie" not in for_all.get("Vary", "") or "private" not in for_all["Cache-Control"]
        assert world.users["owner_own"].email not in for_all.text
