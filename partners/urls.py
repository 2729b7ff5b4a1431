"""Addresses of floor 1. The public pages of makers and venues show activities: they live in the agenda."""

from django.urls import path

from partners import views

app_name = "partners"
urlpatterns = [path("inloggen/link/<str:token>/", views.sign_in_link, name="sign_in_link")]
