"""The portal's addresses and the bench's two yardsticks."""

from django.urls import path

from bench import views
from cultuurportaal import urls

handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler429, handler500 = urls.handler429, urls.handler500

urlpatterns = [
    path("bench/plain/<int:length>/", views.plain, name="plain"),
    path("bench/ordinary/", views.ordinary, name="ordinary"),
    *urls.urlpatterns,
]
