"""The addresses of floor 2 (contract.md): window, calendar feeds, makers' desk, editors' desk."""

from django.urls import URLPattern, path

from agenda.feeds import views as feeds
from agenda.views import (
    changing,
    comakers,
    confirmation,
    decision,
    detail,
    editor,
    example,
    mail_in,
    maker,
    mine,
    neighbours,
    options,
    pasting,
    pictures,
    places,
    public,
    recheck,
    renewal,
    samples,
    sitemap,
    sources,
    starting,
    tables,
    urgent_line,
)

app_name = "agenda"

calendars = [
    path("agenda.ics", feeds.feed, name="feed"),
    path("agenda/<slug:slug>.ics", feeds.activity, name="activity_feed"),
    path("makers/<slug:slug>.ics", feeds.feed, name="maker_feed"),
    path("plekken/<slug:slug>.ics", feeds.feed, name="venue_feed"),
]

window = [
    path("", public.agenda, name="agenda"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("agenda/<slug:slug>/", detail.activity, name="activity"),
    path("makers/", places.makers, name="makers"),
    path("makers/<slug:slug>/", places.maker, name="maker"),
    path("plekken/", places.venues, name="venues"),
    path("plekken/<slug:slug>/", places.venue, name="venue"),
]

editors = [
    path("redactie/", editor.queue, name="queue"),
    path("redactie/activiteiten/<uuid:uuid>/", editor.activity, name="review"),
    path("redactie/activiteiten/<uuid:uuid>/goedkeuren/", decision.approve, name="approve"),
    path("redactie/activiteiten/<uuid:uuid>/vraag/", decision.ask, name="ask"),
    path("redactie/activiteiten/<uuid:uuid>/niet-plaatsen/", decision.reject, name="reject"),
    path("redactie/activiteiten/<uuid:uuid>/organisatie/", decision.link, name="link_organisation"),
    path("redactie/activiteiten/<uuid:uuid>/aanpassen/", decision.correct, name="correct"),
    path("redactie/steekproef/<int:pk>/", samples.check, name="check_sample"),
    path("redactie/vrijgaven/<uuid:uuid>/ongedaan/", decision.undo, name="undo"),
    path("redactie/vrijgaven/<uuid:uuid>/opnieuw/", decision.retry, name="retry"),
]

makers = [
    path("toevoegen/", maker.submit, name="submit"),
    path("toevoegen/wanneer/", maker.when, name="when"),
    path("toevoegen/voorbeeld/", example.example, name="example"),
    path("toevoegen/buren/", neighbours.neighbours, name="neighbours"),
    path("toevoegen/begin/", starting.start, name="start"),
    path("toevoegen/begin/keuze/", starting.choose, name="choose"),
    path("toevoegen/lijst/", tables.table, name="table"),
    path("toevoegen/lijst/<uuid:uuid>/", tables.rows, name="table_rows"),
    path("toevoegen/lijst/<uuid:uuid>/fouten.csv", tables.faults, name="table_faults"),
    path("toevoegen/plakken/", pasting.paste, name="paste"),
    path("toevoegen/concept/", maker.draft, name="draft"),
    path("toevoegen/verstuurd/<uuid:uuid>/", confirmation.sent, name="sent"),
    path("toevoegen/bevestigen/<str:token>/", confirmation.confirm, name="confirm"),
    path("nu/<str:token>/", urgent_line.line, name="urgent_line"),
    path("klopt/<str:token>/", recheck.answer, name="recheck"),
    path("mijn/", mine.mine, name="mine"),
    path("mijn/opties/", options.options, name="options"),
    path("mijn/opties/<uuid:uuid>/", options.option, name="option"),
    path("mijn/bronnen/", sources.sources, name="sources"),
    path("mijn/bronnen/<uuid:uuid>/", sources.source, name="source"),
    path("mijn/seizoen/", renewal.season, name="season"),
    path("mijn/activiteiten/<uuid:uuid>/", mine.my_activity, name="my_activity"),
    path("mijn/activiteiten/<uuid:uuid>/foto/<str:name>", pictures.picture, name="picture"),
    path("mijn/activiteiten/<uuid:uuid>/samen/", comakers.together, name="together"),
    path("mijn/activiteiten/<uuid:uuid>/samen/<int:pk>/weg/", comakers.drop, name="drop_co_maker"),
    path("mijn/organisatie/<slug:slug>/mail/", mail_in.mail_in, name="mail_in"),
    path("mijn/samen/<int:pk>/", comakers.co_maker, name="co_maker"),
    path("mijn/activiteiten/<uuid:uuid>/klopt/", recheck.mine, name="my_recheck"),
    path("mijn/activiteiten/<uuid:uuid>/intrekken/", changing.withdraw, name="withdraw"),
    path("mijn/activiteiten/<uuid:uuid>/datums/<uuid:moment_uuid>/", changing.urgent, name="urgent"),
]

urlpatterns: list[URLPattern] = [*calendars, *window, *makers, *editors]
