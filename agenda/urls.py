"""The addresses of floor 2 (contract.md): window, calendar feeds, makers' desk, editors' desk."""

from django.urls import URLPattern, path

from agenda.views import places, public

app_name = "agenda"

window = [
    path("", public.agenda, name="agenda"),
    path("agenda/<slug:slug>/", public.activity, name="activity"),
    path("makers/", places.makers, name="makers"),
    path("makers/<slug:slug>/", places.maker, name="maker"),
    path("plekken/", places.venues, name="venues"),
    path("plekken/<slug:slug>/", places.venue, name="venue"),
]

urlpatterns: list[URLPattern] = [*window]
