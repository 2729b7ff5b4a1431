"""Pages about the site itself, the files for robots, the postbox, languages, and who gets in."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django.fixtures import Settings

from cultuurportaal.context import language_links

FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    "path", ["/toegankelijkheid/", "/privacy/", "/postvak/", "/inloggen/", "/aanmelden/"]
)
def test_pages_open_for_everybody_without_a_cookie(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Language"] == "nl"
    assert "sessionid" not in response.cookies


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
def test_english_pages_live_under_en(client: Client) -> None:
    assert client.get("/en/privacy/")["Content-Language"] == "en"
    with override("nl"):
        links = [(link["code"], link["name"], link["url"]) for link in language_links("/privacy/?a=1")]
    assert links == [("nl", "Nederlands", "/privacy/?a=1"), ("en", "English", "/en/privacy/?a=1")]
    with override("en"):
        assert language_links("/en/privacy/")[0]["url"] == "/privacy/"


def test_a_page_in_one_language_has_no_language_links() -> None:
    assert language_links("/gezond/") == []
    assert language_links("/bestaat-niet/") == []


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("account_login", "/inloggen/"),
        ("account_logout", "/uitloggen/"),
        ("accessibility", "/toegankelijkheid/"),
        ("privacy", "/privacy/"),
        ("health", "/gezond/"),
        ("postbox", "/postvak/"),
        ("security", "/.well-known/security.txt"),
        ("robots", "/robots.txt"),
        ("admin:index", "/beheer/"),
    ],
)
def test_addresses_of_the_contract(name: str, path: str) -> None:
    assert reverse(name) == path


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/beheer/", "/account/veilig/", "/account/mailadres/"])
def test_pages_with_something_to_hide_send_to_signing_in(client: Client, path: str) -> None:
    response = client.get(path, follow=True)
    assert response.redirect_chain[-1][0].partition("?")[0] == "/inloggen/"


def test_security_txt_says_whom_to_tell(client: Client) -> None:
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    assert lines[0] == f"Contact: mailto:{settings.CONTACT_MAIL}"
    assert [line.partition(":")[0] for line in lines[1:]] == ["Expires", "Preferred-Languages", "Canonical"]


def test_robots_keep_out_of_a_demo_and_of_private_pages(client: Client, settings: Settings) -> None:
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    settings.IN_PRODUCTION = True
    said = client.get("/robots.txt").content.decode()
    assert "Disallow: /mijn/\n" in said
    assert "Disallow: /\n" not in said


@pytest.fixture
def mails(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILES, str(tmp_path)
    texts = {"Eerste": "Kijk op http://localhost/mijn/ <b>nu</b>", "Jouw code: 123456": "123456"}
    with get_connection() as line:
        for subject, text in texts.items():
            EmailMessage(subject, text, to=["maker@demo.example"], connection=line).send()
    return tmp_path


@pytest.mark.django_db
@pytest.mark.usefixtures("city", "mails")
def test_postbox_shows_mails_newest_first_with_links_and_as_text(client: Client) -> None:
    page = client.get("/postvak/").content.decode()
    assert page.index("Jouw code: 123456") < page.index("Eerste")
    address = page.partition("Eerste")[0].rpartition('href="')[2].partition('"')[0]
    letter = client.get(address)
    assert letter.status_code == 200
    assert 'href="http://localhost/mijn/"' in letter.content.decode()
    assert "&lt;b&gt;nu&lt;/b&gt;" in letter.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("city", "mails")
def test_postbox_knows_only_its_own_files(client: Client) -> None:
    assert client.get("/postvak/..%2f..%2fetc%2fpasswd/").status_code == 404
