"""Signing in: a mailed code for everybody, a second factor for city roles, no hint who has an account."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.urls import reverse

from cultuurportaal.models import OutboxMail
from partners.models import User
from tests import make
from tests.partners.signing_in import app_code, ask_code, mailed_code, sign_in

pytestmark = pytest.mark.django_db


def who(client: Client) -> str:
    """The account that a page of this session knows, or nothing."""
    return client.session.get("_auth_user_id", "")


def test_sign_in_with_the_mailed_code(client: Client) -> None:
    user = make.user("iemand@demo.example")
    response = sign_in(client, "iemand@demo.example")
    assert response.status_code == 302
    assert who(client) == str(user.pk)
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        (["iemand@demo.example"], f"{mailed_code()} is je code om in te loggen")
    ]


def test_code_is_never_in_the_outbox_or_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    make.user("iemand@demo.example")
    ask_code(client, "iemand@demo.example")
    assert OutboxMail.objects.count() == 0
    assert mailed_code() not in caplog.text


def test_no_code_is_told_in_our_words(client: Client) -> None:
    make.user("iemand@demo.example")
    ask_code(client, "iemand@demo.example")
    page = client.post(reverse("account_confirm_login_code"), {"code": ""}).text
    assert "Vul de zes cijfers uit je mail in" in page
    assert "Dit veld is verplicht" not in page


def test_wrong_code_five_times_ends_the_attempt(client: Client) -> None:
    make.user("iemand@demo.example")
    ask_code(client, "iemand@demo.example")
    code = mailed_code()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        client.post(reverse("account_confirm_login_code"), {"code": wrong})
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert who(client) == ""


def test_session_gets_a_new_id_at_sign_in(client: Client) -> None:
    make.user("iemand@demo.example")
    ask_code(client, "iemand@demo.example")
    before = client.session.session_key
    client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    assert client.session.session_key not in {None, before}


def test_session_is_useless_after_signing_out(client: Client) -> None:
    make.user("iemand@demo.example")
    sign_in(client, "iemand@demo.example")
    old = client.cookies["sessionid"].value
    client.post(reverse("account_logout"))
    client.cookies["sessionid"] = old
    assert client.get(reverse("account_email")).status_code == 302


def visible(text: str) -> str:
    """A page without what differs at every request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


def test_answer_does_not_tell_whether_an_account_is_there() -> None:
    make.user("bekend@demo.example")
    answers = []
    for email in ("bekend@demo.example", "vreemd@demo.example"):
        client = Client()
        asked = ask_code(client, email)
        page = client.get(reverse("account_confirm_login_code"))
        answers.append(
            (asked.status_code, asked["Location"], page.status_code, visible(page.text.replace(email, "@")))
        )
    assert answers[0] == answers[1]
    assert [sent.to for sent in mail.outbox] == [["bekend@demo.example"], ["vreemd@demo.example"]]


def test_mail_for_an_unknown_address_names_only_our_own_origin(client: Client) -> None:
    ask_code(client, "vreemd@demo.example", HTTP_X_FORWARDED_HOST="evil.example")
    assert "evil" not in mail.outbox[0].body + mail.outbox[0].subject


def test_no_account_from_a_sign_up_page(client: Client) -> None:
    client.post(reverse("account_signup"), {"email": "nieuw@demo.example"})
    assert not User.objects.filter(email="nieuw@demo.example").exists()


def test_pages_of_a_session_are_never_kept(client: Client) -> None:
    make.user("iemand@demo.example")
    sign_in(client, "iemand@demo.example")
    assert client.get(reverse("privacy"))["Cache-Control"] == "private, no-store"


def test_visitor_gets_no_session_and_no_cookie(client: Client) -> None:
    response = client.get(reverse("privacy"))
    assert "sessionid" not in response.cookies
    assert "no-store" not in response.get("Cache-Control", "")


@pytest.mark.parametrize(
    "evil", ["//evil.example", "/\\evil.example", "https:evil.example", "javascript:alert(1)"]
)
def test_next_stays_on_our_own_site(client: Client, evil: str) -> None:
    make.user("iemand@demo.example")
    client.post(reverse("account_login") + f"?next={evil}", {"login": "iemand@demo.example", "next": evil})
    response = client.post(reverse("account_confirm_login_code"), {"code": mailed_code(), "next": evil})
    assert "evil" not in response["Location"]
    assert "javascript" not in response["Location"]


class TestSecondFactor:
    @pytest.mark.parametrize("role", ["editor", "broker", "administrator"])
    def test_city_role_without_one_is_sent_to_set_it_up(self, client: Client, role: str) -> None:
        make.user("redactie@demo.example", role=role)
        sign_in(client, "redactie@demo.example")
        response = client.get("/beheer/")
        assert (response.status_code, response.get("Location")) == (302, reverse("mfa_index"))
        assert client.get(reverse("mfa_activate_totp")).status_code == 200

    def test_culture_base_needs_none(self, client: Client) -> None:
        assert not make.user("basis@demo.example", role="culture_base").needs_second_factor

    def test_code_by_mail_alone_does_not_open_the_account(self, client: Client) -> None:
        user = make.user("redactie@demo.example", role="administrator")
        TOTP.activate(user, generate_totp_secret())
        response = sign_in(client, "redactie@demo.example")
        assert response["Location"] == reverse("mfa_authenticate")
        assert who(client) == ""
        assert client.get("/beheer/").status_code == 302

    def test_both_steps_open_it(self, client: Client) -> None:
        user = make.user("beheer@demo.example", role="administrator")
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        sign_in(client, "beheer@demo.example", secret=secret)
        assert who(client) == str(user.pk)
        assert client.get("/beheer/").status_code == 200

    def test_code_of_the_app_is_good_once(self, client: Client) -> None:
        secret = generate_totp_secret()
        TOTP.activate(make.user("beheer@demo.example", role="administrator"), secret)
        sign_in(client, "beheer@demo.example", secret=secret)
        again = Client()
        sign_in(again, "beheer@demo.example", secret=secret)
        assert who(again) == ""

    @pytest.mark.django_db(transaction=True)
    def test_setting_up_the_app_opens_this_session(self, client: Client) -> None:
        make.user("beheer@demo.example", role="administrator")
        sign_in(client, "beheer@demo.example")
        client.get(reverse("mfa_activate_totp"))
        code = app_code(client.session[SECRET_SESSION_KEY])
        client.post(reverse("mfa_activate_totp"), {"code": code})
        assert client.get("/beheer/").status_code == 200

    def test_session_from_before_the_app_was_set_up_asks_for_it(self, client: Client) -> None:
        user, secret = make.user("beheer@demo.example", role="administrator"), generate_totp_secret()
        client.force_login(user)
        TOTP.activate(user, secret)
        response = client.get("/beheer/")
        assert response["Location"] == reverse("mfa_reauthenticate") + "?next=%2Fbeheer%2F"
        response = client.post(response["Location"], {"code": app_code(secret), "next": "/beheer/"})
        assert response["Location"] == "/beheer/"
        assert client.get("/beheer/").status_code == 200

    def test_city_role_keeps_its_last_factor(self, client: Client) -> None:
        user, secret = make.user("beheer@demo.example", role="administrator"), generate_totp_secret()
        TOTP.activate(user, secret)
        sign_in(client, "beheer@demo.example", secret=secret)
        session = client.session
        session["account_authentication_methods"] = [
            {**record, "reauthenticated": True} for record in session["account_authentication_methods"]
        ]
        session.save()
        page = client.post(reverse("mfa_deactivate_totp"))
        assert "Voor jouw rol is een tweede stap verplicht." in page.text
        assert Authenticator.objects.filter(user=user).exists()

    def test_key_of_the_app_is_not_readable_in_the_database(self) -> None:
        secret = generate_totp_secret()
        authenticator = TOTP.activate(make.user(role="editor"), secret).instance
        assert secret not in authenticator.data["secret"]


class TestPages:
    """What allauth shows is ours: Dutch, and good under the content policy."""

    PAGES = [
        "account_email",
        "account_logout",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
    ]
    NOT_ALLOWED = re.compile(
        r"<script(?![^>]*\b(?:src|type=\"application/json\"))|<style|\sstyle=", re.IGNORECASE
    )
    ENGLISH = re.compile(
        r"\b(password|sign in|log in with|email address|submit|your|please)\b", re.IGNORECASE
    )

    def check(self, page: str) -> None:
        assert self.NOT_ALLOWED.findall(page) == []
        words = re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)
        assert self.ENGLISH.findall(words) == []

    @pytest.mark.parametrize("name", PAGES)
    def test_page_of_somebody_signed_in(self, client: Client, name: str) -> None:
        make.user("iemand@demo.example")
        sign_in(client, "iemand@demo.example")
        response = client.get(reverse(name))
        assert response.status_code == 200
        self.check(response.text)

    @pytest.mark.parametrize(
        "name", ["account_login", "account_request_login_code", "account_signup", "account_inactive"]
    )
    def test_page_of_a_visitor(self, client: Client, name: str) -> None:
        response = client.get(reverse(name))
        assert response.status_code == 200
        self.check(response.text)

    def test_wrong_code_says_what_to_do(self, client: Client) -> None:
        make.user("iemand@demo.example")
        ask_code(client, "iemand@demo.example")
        wrong = "000000" if mailed_code() != "000000" else "111111"
        page = client.post(reverse("account_confirm_login_code"), {"code": wrong}).text
        assert "Deze code klopt niet. Kijk nog eens in je mail." in page
        self.check(page)

    @pytest.mark.parametrize(
        "typed", ["", "geen adres", "a@b", "x" * 300 + "@demo.example", "iemand@demo.example\r\nBcc: x@y.z"]
    )
    def test_impossible_address_stays_on_the_page(self, client: Client, typed: str) -> None:
        response = ask_code(client, typed)
        assert response.status_code == 200
        assert mail.outbox == []
        self.check(response.text)

    def test_second_step_is_ours_too(self, client: Client) -> None:
        TOTP.activate(make.user("redactie@demo.example", role="editor"), generate_totp_secret())
        sign_in(client, "redactie@demo.example")
        page = client.post(reverse("mfa_authenticate"), {"code": "000000"}).text
        assert "Deze code klopt niet. Kijk nog eens in je app." in page
        self.check(page)


def test_closed_account_gets_the_answer_of_an_unknown_one(client: Client) -> None:
    make.user("dicht@demo.example", is_active=False)
    assert ask_code(client, "dicht@demo.example").status_code == 302
    assert mail.outbox[0].subject == "We kennen dit mailadres nog niet"
