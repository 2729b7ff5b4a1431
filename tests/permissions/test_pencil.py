"""The sweep of dates in pencil: whoever makes culture sees them on one page, and nobody anywhere else."""

import pytest

from tests.agenda.test_options import MARK, URL, pencilled_in
from tests.agenda.test_submit import soon
from tests.permissions.test_surfaces import ELSEWHERE, lists, shown
from tests.permissions.world import SUBJECTS, World, taken_back

pytestmark = pytest.mark.django_db
NEAR = "/toevoegen/buren/"
SEE = {"member_own", "owner_own", "member_other", "owner_other", "editor", "administrator"}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_pencil_is_seen_by_makers_and_editors_alone(subject: str, world: World) -> None:
    with taken_back():
        pencilled_in(world.own)
        assert (MARK.lower() in shown(world, subject, URL)) == (subject in SEE)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_pencil_is_on_no_public_surface(subject: str, world: World) -> None:
    with taken_back():
        pencilled_in(world.own, venue=world.venue, place_text=MARK, note=MARK)
        found = [
            address
            for address in [*lists(world), *ELSEWHERE]
            if MARK.lower() in shown(world, subject, address)
        ]
        assert found == []


@pytest.mark.parametrize("subject", ["anon", "member_other", "editor", "school"])
def test_pencil_is_not_told_to_whoever_types(subject: str, world: World) -> None:
    with taken_back():
        pencilled_in(world.own, venue=world.venue)
        typed = {"title": MARK, "tekst": f"{soon()} 20.00 uur", "place": world.venue.name}
        answer = world.client(subject).post(NEAR, typed)
        assert answer.status_code == 200
        assert MARK.lower() not in answer.content.decode().lower()
