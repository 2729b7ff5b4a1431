"""Addresses of the agenda."""

app_name = "agenda"
urlpatterns: list[object] = []
