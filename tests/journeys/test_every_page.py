"""Every page of every role: axe finds nothing in either theme, narrow or wide; none scrolls or is heavy."""

import time

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.test import RequestFactory
from playwright.sync_api import Browser, Route, expect

from cultuurportaal import views
from partners.models import User
from partners.services.city import load_city
from tests.journeys import world
from tests.journeys.people import Editor, carry
from tests.journeys.post import Post
from tests.journeys.walk import FORM, Walker, walker
from tests.journeys.world import World
from tests.partners.signing_in import app_code, session_of

pytestmark = pytest.mark.django_db(transaction=True)
ABOUT = ("/toegankelijkheid/", "/privacy/", "/postvak/", "/inloggen/", "/inloggen/stuur-code/", "/aanmelden/")
EMPTY = ("/", "/?weergave=maand", "/makers/", "/plekken/", "/netwerk/")
ACCOUNT = ("mailadres", "veilig", "veilig/sleutels")
GUARDED = ("veilig/app", "veilig/sleutels/nieuw")  # behind "Ben je het echt?"


@pytest.fixture
def people(site: str) -> dict[str, User]:
    load_city("zoetermeer")
    return world.people()


def test_pages_of_an_empty_city(browser: Browser, site: str, people: dict[str, User]) -> None:
    problems: list[str] = []
    with walker(browser, site) as anon:
        for path in (*EMPTY, *ABOUT, FORM):
            anon.visit(path, is_public=True)
        errors(anon)
        problems += anon.problems
    for who, paths in (("newcomer", ["/mijn/"]), ("editor", ["/redactie/", "/status/"])):
        with walker(browser, site, people[who], who) as one:
            for path in paths:
                one.visit(path)
            problems += one.problems
    assert not problems, "\n".join(problems)


def errors(anon: Walker) -> None:
    """The pages for what goes wrong, as their handlers write them, with the style of the site around."""
    request = RequestFactory().post("/toevoegen/", {"title": "Wat ik typte " * 40})
    request.user = AnonymousUser()
    answers: dict[str, HttpResponse] = {
        "413": views.bad_request(request, RequestDataTooBig()),
        "429": views.too_many(request),
        "500": views.server_error(request),
        "503": views.unavailable(request),
        "csrf": views.csrf_failure(request),
    }
    for name, answer in answers.items():
        serve(anon, f"/fout/{name}/", answer)
        anon.visit(f"/fout/{name}/", status=answer.status_code)
    anon.visit("/bestaat-niet/", status=404)
    anon.visit("/?q=%00", status=400)


def serve(anon: Walker, path: str, answer: HttpResponse) -> None:
    def fulfil(route: Route) -> None:
        route.fulfill(status=answer.status_code, body=answer.content, content_type=answer["Content-Type"])

    anon.page.route(f"**{path}", fulfil)


def test_pages_of_a_full_city(browser: Browser, site: str, people: dict[str, User]) -> None:
    full = world.build(people)
    problems: list[str] = []
    with walker(browser, site) as anon:
        for path in outside(full):
            anon.visit(path, is_public=True)
        anon.visit(f"/agenda/{full.gone.slug}/", status=410)
        anon.visit("/toevoegen/bevestigen/onzin/", status=404)
        problems += anon.problems
    for who, paths in inside(full).items():
        with walker(browser, site, full.people.get(who, full.maker), who) as one:
            for path in paths:
                one.visit(path)
            if who in ("maker", "broker"):
                one.visit("/status/", status=403)
            problems += one.problems
    assert not problems, "\n".join(problems)


def outside(full: World) -> list[str]:
    one = full.live.slug
    return [
        *("/", "/en/", "/?prijs=gratis&q=avond", "/?q=xyzzy", "/?weergave=maand", "/?wanneer=ooit"),
        *(f"/agenda/{one}/", f"/en/agenda/{one}/", f"/agenda/{full.series.slug}/"),
        *("/makers/", f"/makers/{full.home.slug}/", "/plekken/", f"/plekken/{full.place.slug}/"),
        *("/netwerk/", f"/netwerk/{full.meeting.slug}/", "/netwerk/?seizoen=ooit"),
        f"/toevoegen/bevestigen/{full.confirming}/",
        *(f"/nu/{full.urgent}/", f"/klopt/{full.recheck}/"),
    ]


def inside(full: World) -> dict[str, list[str]]:
    mine, desk = "/mijn/activiteiten", "/redactie/activiteiten"
    states = (full.draft, full.waiting, full.asked, full.rejected, full.gone, full.live, full.series)
    checked = (full.waiting, full.unlinked, full.unconfirmed, full.asked, full.live)
    dates = f"{mine}/{full.live.uuid}/datums/{full.live.moments.get().uuid}/"
    return {
        "maker": [
            *("/mijn/", "/toevoegen/", f"/toevoegen/?net_als={full.live.uuid}", "/netwerk/", "/uitloggen/"),
            *(f"{mine}/{one.uuid}/" for one in states),
            *(f"{mine}/{full.live.uuid}/intrekken/", dates, f"/toevoegen/verstuurd/{full.waiting.uuid}/"),
        ],
        "editor": [
            *("/redactie/", "/redactie/?soort=nieuw", "/status/", "/mijn/"),
            *(f"{desk}/{one.uuid}/" for one in checked),
            f"{desk}/{full.waiting.uuid}/aanpassen/",
        ],
        "broker": ["/netwerk/", f"/netwerk/{full.meeting.slug}/", "/mijn/"],
        "culture_base": ["/redactie/", f"{desk}/{full.waiting.uuid}/", "/netwerk/"],
        "administrator": ["/status/", "/mijn/"],
    }


def test_pages_of_signing_in(browser: Browser, site: str, people: dict[str, User]) -> None:
    with walker(browser, site, who="editor") as tab:
        editor, page = Editor(tab.page, site, Post(), people["editor"]), tab.page
        tab.visit("/inloggen/?next=/redactie/")
        page.get_by_label("Je mailadres").fill(editor.user.email)
        page.get_by_role("button", name="Stuur mij een code").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Vul de code in")
        tab.look("code")
        page.get_by_label("Code uit je mail").fill(editor.post.code(editor.user.email))
        page.get_by_role("button", name="Ga verder").click()
        expect(page.get_by_label("Code uit je app")).to_be_visible()
        tab.look("second step")
        page.get_by_label("Code uit je app").fill("000000")
        page.get_by_role("button", name="Inloggen", exact=True).click()
        expect(page.locator(".samenvatting")).to_be_visible()
        tab.look("second step, wrong")
        page.get_by_label("Code uit je app").fill(app_code(editor.secret))
        page.get_by_role("button", name="Inloggen", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Nakijken")
        for path in (*ACCOUNT, *GUARDED):
            tab.visit(f"/account/{path}/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Ben je het echt?")
        show_again(tab, editor.user)
        for path in ("veilig/sleutels/nieuw", "veilig/app/weg", "veilig/noodcodes/nieuw"):
            tab.visit(f"/account/{path}/")
        page.get_by_role("button", name="Maak nieuwe codes").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Reservecodes")
        tab.look("recovery codes")
    newcomer = people["newcomer"]
    EmailAddress.objects.create(user=newcomer, email=newcomer.email, verified=True, primary=True)
    with walker(browser, site, newcomer, "newcomer") as new:
        for path in (*ACCOUNT, *GUARDED, "geblokkeerd"):
            new.visit(f"/account/{path}/")
    problems = tab.problems + new.problems
    assert not problems, "\n".join(problems)


def show_again(tab: Walker, user: User) -> None:
    """A code of the app is good once, and the next comes in half a minute: a session that had one."""
    key = session_of(user)
    session = SessionStore(key)
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time(), "reauthenticated": True}
    ]
    session.save()
    carry(tab.page, tab.site, key)
