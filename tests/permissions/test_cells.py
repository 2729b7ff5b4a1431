"""Every cell of tests/data/permissions.csv: somebody tries an action on a real thing in a state."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from tests.permissions import states
from tests.permissions.actions import DOORS
from tests.permissions.doors import REFUSED, Answer, Try
from tests.permissions.world import MACHINES, SUBJECTS, World, taken_back

pytestmark = pytest.mark.django_db
SWEPT = "in_lijst_zoek_sitemap_feed_api_embed"
VISITOR = {"login", "401", "403", "404", "405", "410"}
ALSO = {
    "activiteit.aanmaken_voor_eigen_organisatie": {"422", "302"},  # a choice refused, or sent as a guest
    "activiteit.oude_versie_goedkeuren_na_wijziging": {"409"},
    "activiteit.status_veld_via_post_of_api_zetten": {"302"},  # the rest is saved, the field is ignored
    "activiteit.publicatiemoment_zetten": {"302"},
    "activiteit.indienen": {"409"},
    "activiteit.bewerken": {"409"},  # their own, which is over
    "beeld.uit_bibliotheek_van_ander_kiezen": {"302", "422"},
    "importbron.bron_toevoegen": {"422"},  # a choice refused
    "importbron.import_direct_publiceren": {"302", "done"},  # read, and at most a draft
    "partner.laatste_beheerder_verwijderen": {"302"},  # back to the list, which says why not
    "activiteit.notitie_moderator_aan_partner_lezen": {"200"},  # one's own list, without it
}


def cells() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with (Path(__file__).parents[1] / "data" / "permissions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["action"] != SWEPT:
                found[row["cell_group"]][row["subject"]] = row["expected"]
    return found


CELLS = cells()


def door_name(group: str) -> str:
    subject, _state, action = group.split(".", 2)
    return f"{subject}.{action}"


def may_answer(group: str, expected: str, subject: str) -> set[str]:
    """`DENY login(302)/404` as the words that may be said; a service just refuses."""
    more = {REFUSED} | ALSO.get(door_name(group), set())
    if subject in MACHINES:
        return VISITOR | more
    said = {word.partition("(")[0] for word in expected.removeprefix("DENY ").split("/")}
    gone = {"410"} if group.startswith("activiteit.ingetrokken.") else set()
    shut = {"403"} if "login" in said else set()
    return said | more | gone | shut


def problem(group: str, subject: str, expected: str, answers: list[Answer]) -> str:
    is_done = any(answer.is_done for answer in answers)
    if expected == "ALLOW":
        return "" if is_done else f"{subject} should be let, but: {[answer.said for answer in answers]}"
    if is_done:
        return f"{subject} should be refused, but: {[answer.said for answer in answers]}"
    wrong = {answer.said for answer in answers} - may_answer(group, expected, subject)
    return f"{subject} is refused in another way: {wrong}" if wrong else ""


def test_every_subject_of_the_table_is_known() -> None:
    assert {subject for row in CELLS.values() for subject in row} <= set(SUBJECTS)


@pytest.mark.parametrize("group", CELLS)
def test_cells(group: str, world: World) -> None:
    problems = []
    with taken_back():
        thing = states.thing(world, group)
        for subject, expected in CELLS[group].items():
            answers = []
            for door in DOORS[door_name(group)]:
                with taken_back():
                    answers.append(door(Try(world, subject, thing)))
            problems.append(problem(group, subject, expected, answers))
    assert "\n".join(filter(None, problems)) == ""
