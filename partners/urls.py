"""Addresses of floor 1. The public pages of makers and venues show activities: they live in the agenda."""

from django.urls import URLPattern

app_name = "partners"
urlpatterns: list[URLPattern] = []
