"""Addresses of the network."""

app_name = "netwerk"
urlpatterns: list[object] = []
