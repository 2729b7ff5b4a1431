"""The addresses of floor 2 (contract.md): window, calendar feeds, makers' desk, editors' desk."""

from django.urls import URLPattern

app_name = "agenda"

urlpatterns: list[URLPattern] = []
