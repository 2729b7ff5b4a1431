"""For each action of the permission table, every way in that a subject can try."""

from django.urls import reverse

from agenda import workflow
from netwerk import services as meetings
from partners.models import City, Organisation
from partners.services import organisations, people, venues
from tests.agenda.test_mine import page_of
from tests.permissions.doors import (
    DESCRIBED,
    EDITED,
    Door,
    _nothing,
    _slug,
    accounts,
    add_for,
    admin_of,
    anothers_picture,
    apply_for,
    approve_as_partner,
    at_member,
    corrected,
    create_for_another,
    deleted,
    erase_oneself,
    form,
    has_status,
    has_title,
    is_proposed,
    make_oneself_administrator,
    of_another,
    operators,
    original,
    own_account,
    own_copy,
    page,
    profile_of,
    release_of,
    rendition,
    save,
    seen,
    sees_members,
    send_as_guest,
    service,
    submit,
)
from tests.permissions.import_sources import SOURCE_DOORS
from tests.permissions.states import QUESTION, TITLE, photo
from tests.permissions.world import soon

PREVIEW = [page("agenda:my_activity", shows=TITLE), page("agenda:review", shows=TITLE)]
EDIT = [
    form("agenda:my_activity", lambda one: page_of(one, title=EDITED, stap="bewaar"), has_title(EDITED)),
    form("agenda:correct", corrected, has_title(EDITED)),
    service(save({"title": EDITED}), has_title(EDITED)),
]
STOP = [
    form("agenda:withdraw", lambda one: {"ja": "1"}, has_status(workflow.WITHDRAWN)),
    form(
        "agenda:urgent",
        lambda one: {"change": "cancelled"},
        lambda one: one.moments.get().status == "cancelled",
        lambda one: [one.uuid, one.moments.get().uuid],
    ),
]
FORGED = {"status": "approved", "organisation": "1", "id": "1", "published_at": "2026-01-01", "version": "x"}
UPLOAD = form(
    "agenda:my_activity",
    lambda one: page_of(one, stap="bewaar", picture_file=photo(), **DESCRIBED),
    lambda one: one.picture is not None,
)
DOORS: dict[str, list[Door]] = {
    "activiteit.bekijken_publieke_pagina": [page("agenda:activity", _slug, shows=TITLE)],
    "activiteit.voorvertoning": PREVIEW,
    "activiteit.voorgestelde_versie_bekijken": PREVIEW,
    "activiteit.bewerken": EDIT,
    "activiteit.wijziging_voorstellen": EDIT,
    "activiteit.bijlage_beeld_origineel_openen": [original],
    "activiteit.verwijderen": [deleted("agenda_activity")],
    "activiteit.afgelasten_intrekken": STOP,
    "activiteit.herstellen": [service(submit), service(save({"title": EDITED}))],
    "activiteit.aanmaken_voor_eigen_organisatie": [add_for(lambda one: one.world.own)],
    "activiteit.aanmaken_voor_andere_organisatie": [create_for_another],
    "activiteit.indienen": [
        form("agenda:my_activity", page_of, has_status(workflow.SUBMITTED)),
        service(submit, has_status(workflow.SUBMITTED)),
        send_as_guest,
    ],
    "activiteit.goedkeuren": [form("agenda:approve", seen(), has_status(workflow.APPROVED))],
    "activiteit.afwijzen_met_reden": [
        form("agenda:reject", seen(text="Nee."), has_status(workflow.REJECTED))
    ],
    "activiteit.aanpassing_vragen": [
        form("agenda:ask", seen(text="Ja?"), has_status(workflow.CHANGES_ASKED))
    ],
    "activiteit.eigen_inzending_goedkeuren_als_partner": [service(approve_as_partner)],
    "activiteit.status_veld_via_post_of_api_zetten": [
        form(
            "agenda:my_activity",
            lambda one: {**page_of(one, stap="bewaar"), **FORGED, "version": one.version},
            has_status(workflow.APPROVED),
        )
    ],
    "activiteit.organisatie_wijzigen_eigenaar": [
        form(
            "agenda:link_organisation",
            lambda _one: {"organisation": Organisation.objects.get(name="Ander Koor").slug},
            lambda one: one.organisation is not None,
        )
    ],
    "activiteit.notitie_moderator_aan_partner_lezen": [
        page("agenda:my_activity", shows=QUESTION),
        page("agenda:review", shows=QUESTION),
        page("agenda:mine", _nothing, shows=QUESTION),
    ],
    "activiteit.geschiedenis_bekijken": [page("agenda:review")],
    "activiteit.geschiedenis_wijzigen": [
        operators(
            admin_of("agenda_release", release_of), {"number": 9}, lambda one: release_of(one).number == 9
        )
    ],
    "activiteit.publicatiemoment_zetten": [
        service(save({"publish_from": soon(3)}), lambda one: one.publish_from is not None),
        form(
            "agenda:my_activity",
            lambda one: page_of(one, stap="bewaar", publish_from="2030-01-01"),
            lambda one: one.publish_from is not None,
        ),
    ],
    "activiteit.oude_versie_goedkeuren_na_wijziging": [
        form("agenda:approve", lambda one: {"version": one.version - 1}, has_status(workflow.APPROVED))
    ],
    "partner.publiek_profiel": [page("agenda:maker", _slug, shows="Eigen Koor")],
    "partner.profiel_bewerken": [
        form("partners:organisation", profile_of, lambda one: one.description == EDITED, _slug),
        service(lambda one, by: organisations.rename(one, name="Nieuw", by=by)),
    ],
    "partner.lid_uitnodigen": [
        form(
            "partners:members",
            lambda _one: {"email": "nieuw@demo.example", "role": "member"},
            lambda one: one.invitations.filter(email="nieuw@demo.example").exists(),
            _slug,
        )
    ],
    "partner.rol_lid_wijzigen": [at_member({"role": "owner"}, lambda row: row and row.role == "owner")],
    "partner.lid_verwijderen": [at_member({"weg": "1"}, lambda row: row is None, "user_deactivated")],
    "partner.laatste_beheerder_verwijderen": [
        at_member({"weg": "1"}, lambda row: row is None, "owner_own"),
        at_member({"role": "member"}, lambda row: row and row.role == "member", "owner_own"),
    ],
    "partner.ledenlijst_met_email": [page("partners:members", _slug, shows="@demo.example"), sees_members],
    "partner.goedkeuren": [
        form("partners:step", lambda _one: {"stap": "accept"}, has_status("active"), _slug)
    ],
    "partner.schorsen": [
        form("partners:step", lambda _one: {"stap": "suspend"}, has_status("suspended"), _slug)
    ],
    "partner.aanmelden": [apply_for],
    "partner.verwijderen": [deleted("partners_organisation")],
    "partner.zichzelf_moderator_maken": [make_oneself_administrator],
    "locatie.bekijken": [page("agenda:venue", _slug, shows="Forum")],
    "locatie.bewerken": [
        form("partners:venue", lambda _one: {"name": "Nieuw"}, lambda one: one.name == "Nieuw", _slug),
        service(lambda one, by: venues.rename(one, name="Nieuw", by=by)),
    ],
    "locatie.voorstellen": [
        form("partners:propose_venue", lambda _one: {"name": "Nieuwe plek"}, is_proposed, _nothing)
    ],
    "locatie.verwijderen": [deleted("partners_venue")],
    "beeld.afgeleide_bekijken": [rendition],
    "beeld.origineel_met_exif": [original],
    "beeld.uploaden_bij_eigen": [UPLOAD],
    "beeld.uploaden_bij_ander": [of_another(UPLOAD)],
    "beeld.verwijderen_bij_eigen": [
        form(
            "agenda:my_activity",
            lambda one: page_of(one, stap="bewaar", drop_picture="on"),
            lambda one: one.picture is None,
        )
    ],
    "beeld.uit_bibliotheek_van_ander_kiezen": [anothers_picture],
    "netwerkbijeenkomst.bekijken": [page("netwerk:meeting", _slug)],
    "netwerkbijeenkomst.aanmaken": [
        service(lambda one, by: meetings.plan(one, by=by), has_status("planned"))
    ],
    "netwerkbijeenkomst.wijzigen_afgelasten": [
        service(lambda one, by: meetings.cancel(one, by=by), has_status("cancelled"))
    ],
    **SOURCE_DOORS,
    "feed.ophalen": [page("agenda:feed", _nothing, shows="BEGIN:VCALENDAR")],
    "account.eigen_zien_wijzigen": [own_account],
    "account.eigen_gegevens_export": [own_copy],
    "account.eigen_verwijderen_avg": [erase_oneself],
    "account.ander_zien": [operators(admin_of("partners_user", lambda one: one.world.users["school"]))],
    "account.lijst": [operators(lambda _one: reverse("admin:partners_user_changelist"))],
    "account.deactiveren": [accounts(lambda user, by: people.deactivate(user, by=by))],
    "account.mfa_resetten": [accounts(lambda user, by: people.reset_second_factor(user, by=by))],
    "instellingen.wijzigen": [operators(admin_of("partners_city", lambda _one: City.objects.here()))],
    "django_admin.openen": [operators(lambda _one: reverse("admin:index"))],
    "gezondheid_details.lezen": [page("status", _nothing)],
    "taakwachtrij_status.lezen": [page("status", _nothing)],
    "e-maillog.lezen": [page("status", _nothing)],
}
