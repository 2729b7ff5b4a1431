"""The addresses of the house: machines' files first, then pages, in Dutch without a prefix and under /en/."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from cultuurportaal import health, pages, postbox, status

handler400 = "cultuurportaal.views.bad_request"
handler403 = "cultuurportaal.views.permission_denied"
handler404 = "cultuurportaal.views.page_not_found"
handler429 = "cultuurportaal.views.too_many"
handler500 = "cultuurportaal.views.server_error"

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("gezond/", health.health, name="health"),
    path("robots.txt", pages.robots, name="robots"),
    path(".well-known/security.txt", pages.security, name="security"),
    path("beheer/", admin.site.urls),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:name>", pages.media, name="media"),
    *i18n_patterns(
        path("", include("cultuurportaal.account_urls")),
        path("toegankelijkheid/", pages.accessibility, name="accessibility"),
        path("privacy/", pages.privacy, name="privacy"),
        path("status/", status.status, name="status"),
        path("", include("partners.urls")),
        path("", include("netwerk.urls")),
        path("", include("agenda.urls")),
        prefix_default_language=False,
    ),
]

if settings.HAS_POSTBOX_PAGE:
    urlpatterns += [
        path("postvak/", postbox.postbox, name="postbox"),
        path("postvak/<str:name>/", postbox.mail, name="postbox_mail"),
    ]
