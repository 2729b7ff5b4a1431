"""Addresses of the network."""

from django.urls import path

from netwerk import views

app_name = "netwerk"
urlpatterns = [
    path("netwerk/", views.meetings, name="meetings"),
    path("netwerk/<slug:slug>/", views.meeting, name="meeting"),
]
