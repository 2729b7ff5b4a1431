"""Signing in, with Dutch addresses for the pages of django-allauth that the portal uses.

Without a password there is nothing to change or forget: those pages have no address.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from cultuurportaal import passkeys as own

urlpatterns = [
    path("inloggen/", account.login, name="account_login"),
    path("inloggen/stuur-code/", account.request_login_code, name="account_request_login_code"),
    path("inloggen/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("inloggen/tweede-stap/", mfa.authenticate, name="mfa_authenticate"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("aanmelden/", account.signup, name="account_signup"),
    path("aanmelden/code/", account.email_verification_sent, name="account_email_verification_sent"),
    path("account/geblokkeerd/", account.account_inactive, name="account_inactive"),
    path("account/mailadres/", account.email, name="account_email"),
    path("account/opnieuw/", account.reauthenticate, name="account_reauthenticate"),
    path("account/veilig/", mfa.index, name="mfa_index"),
    path("account/veilig/opnieuw/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/veilig/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/veilig/app/weg/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/veilig/noodcodes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/veilig/noodcodes/nieuw/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/veilig/noodcodes/bestand/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("account/veilig/sleutels/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/veilig/sleutels/nieuw/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "account/veilig/sleutels/opnieuw/",
        own.again,
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/veilig/sleutels/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/veilig/sleutels/<int:pk>/weg/", own.remove, name="mfa_remove_webauthn"),
]
