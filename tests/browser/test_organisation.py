"""The desk of an organisation in a browser: accessible at every width, and working without script."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, expect

from agenda.models import CoMaker
from partners.models import AccessFact, Organisation, Room, Space, User
from partners.services import claims, invitations, places
from tests import make
from tests.browser.test_starting import check
from tests.partners.signing_in import session_of

pytestmark = pytest.mark.django_db(transaction=True)


def as_user(browser: Browser, site: str, user: User | None, **kwargs: Any) -> BrowserContext:
    context = browser.new_context(**kwargs)
    context.set_default_timeout(10_000)
    if user:
        cookie: Any = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": site}
        context.add_cookies([cookie])
    return context


def busy(owner: User) -> dict[User | None, list[str]]:
    """An organisation for which everything waits; who may see which page of it."""
    organisation, now = make.organisation("Popkoor", owner=owner), timezone.now()
    fact = AccessFact.objects.create(city=make.city(), code="lift", name="Lift")
    venue = make.venue("Zaal", organisation=organisation)
    room = Room.objects.create(venue=venue, name="Foyer", capacity=40)
    said = {"fields": {"name": "Grote zaal"}, "access": {fact.code: "yes"}}
    places.propose(venue=venue, organisation=organisation, **said, by=owner, now=now)
    invitation = invitations.invite(organisation, email="bo@demo.example", by=owner, now=now)
    claim = claims.ask(organisation, email="kim@demo.example", name="Kim", why="Ja", by=None, now=now)
    claims.confirm(claim, now=now)
    Space.objects.create(organisation=organisation, kind="need", what="Podium", created_at=now)
    live = make.published("Lentefeest", by=owner, organisation=organisation)
    other = make.user()
    asked = CoMaker.objects.create(
        activity=live, organisation=make.organisation("Theater", owner=other), asked_at=now
    )
    own = ("organisation", "members", "places", "own_spaces")
    return {
        owner: [
            *(reverse(f"partners:{name}", args=[organisation.slug]) for name in own),
            *(reverse(f"partners:{name}") for name in ("apply", "spaces", "my_data", "erase_account")),
            reverse("partners:room", args=[venue.slug, room.pk]),
            reverse("agenda:together", args=[live.uuid]),
        ],
        other: [reverse("agenda:co_maker", args=[asked.pk]), reverse("agenda:mine")],
        make.editor(): [reverse("partners:desk"), reverse("agenda:queue")],
        None: [
            reverse("partners:invitation", args=[invitations.token_for(invitation)]),
            reverse("partners:claim", args=[organisation.slug]),
            organisation.get_absolute_url(),
            venue.get_absolute_url(),
        ],
    }


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_pages_have_no_axe_violations_and_fit(browser: Browser, site: str, width: int, scheme: Any) -> None:
    for user, addresses in busy(make.user()).items():
        context = as_user(browser, site, user, viewport={"width": width, "height": 800}, color_scheme=scheme)
        page = context.new_page()
        for address in addresses:
            response = page.goto(f"{site}{address}")
            assert response is not None
            assert response.status == 200, address
            check(page)
        context.close()


def test_invitation_works_without_script(browser: Browser, site: str) -> None:
    owner = make.user()
    organisation = make.organisation("Popkoor", owner=owner)
    context = as_user(browser, site, owner, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}{reverse('partners:members', args=[organisation.slug])}")
    page.get_by_label("Mailadres", exact=True).fill("bo@demo.example")
    page.get_by_role("region", name="Nodig iemand uit").locator("label", has_text="hoofdmaker").click()
    page.get_by_role("button", name="Stuur de uitnodiging").click()
    expect(page.get_by_text("onderweg naar bo@demo.example")).to_be_visible()
    context.close()
    invitation = organisation.invitations.get()
    guest = as_user(browser, site, None, java_script_enabled=False)
    page = guest.new_page()
    page.goto(f"{site}{reverse('partners:invitation', args=[invitations.token_for(invitation)])}")
    page.get_by_role("button", name="Ja, ik doe mee").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")
    guest.close()
    found = Organisation.objects.get().memberships.get(user__email="bo@demo.example")
    assert found.role == "owner"
