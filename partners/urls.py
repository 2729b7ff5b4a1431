"""Addresses of floor 1. The public pages of makers and venues show activities: they live in the agenda."""

from django.urls import path

from partners.views import claims, editors, invitation, members, places, privacy, profile, signing_in, spaces

app_name = "partners"
urlpatterns = [
    path("inloggen/link/<str:token>/", signing_in.sign_in_link, name="sign_in_link"),
    path("mijn/organisatie/", profile.organisations, name="organisations"),
    path("mijn/nieuwe-organisatie/", profile.apply, name="apply"),
    path("mijn/organisatie/<slug:slug>/", profile.organisation, name="organisation"),
    path("mijn/organisatie/<slug:slug>/leden/", members.members, name="members"),
    path("mijn/organisatie/<slug:slug>/leden/<int:pk>/", members.member, name="member"),
    path("mijn/organisatie/<slug:slug>/uitnodigingen/<int:pk>/weg/", members.revoke, name="revoke"),
    path("mijn/organisatie/<slug:slug>/plekken/", places.places, name="places"),
    path("mijn/plekken/nieuw/", places.propose, name="propose_venue"),
    path("mijn/plekken/<slug:slug>/", places.venue, name="venue"),
    path("mijn/plekken/<slug:slug>/zalen/nieuw/", places.room, name="new_room"),
    path("mijn/plekken/<slug:slug>/zalen/<int:pk>/", places.room, name="room"),
    path("makers/<slug:slug>/dit-is-onze-club/", claims.claim, name="claim"),
    path("makers/bevestig/<str:token>/", claims.confirm, name="confirm_claim"),
    path("redactie/organisaties/", editors.desk, name="desk"),
    path("redactie/organisaties/<slug:slug>/", editors.step, name="step"),
    path("redactie/verzoeken/<uuid:uuid>/", editors.decide, name="decide_claim"),
    path("redactie/plekken/<uuid:uuid>/", editors.decide_place, name="decide_place"),
    path("mijn/ruimte/", spaces.spaces, name="spaces"),
    path("mijn/organisatie/<slug:slug>/ruimte/", spaces.own_spaces, name="own_spaces"),
    path("mijn/organisatie/<slug:slug>/ruimte/<int:pk>/weg/", spaces.take_off, name="take_off_space"),
    path("account/gegevens/", privacy.my_data, name="my_data"),
    path("account/gegevens/bestand/", privacy.my_data_file, name="my_data_file"),
    path("account/wissen/", privacy.erase_account, name="erase_account"),
    path("uitnodiging/<str:token>/", invitation.invitation, name="invitation"),
]
