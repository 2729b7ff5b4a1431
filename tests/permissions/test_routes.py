"""Every route stands in tests/data/routes.csv and answers everybody as it says; reading writes nothing."""

import csv
from pathlib import Path

import pytest
from django.urls import reverse

from partners.models import User
from tests import make
from tests.permissions import routes
from tests.permissions.reading import writes
from tests.permissions.world import PEOPLE, World, taken_back

pytestmark = pytest.mark.django_db
with (Path(__file__).parents[1] / "data" / "routes.csv").open(encoding="utf-8") as file:
    TABLE = {(row.pop("route"), row.pop("method")): row for row in csv.DictReader(file)}
SUBJECTS = (*PEOPLE, "editor_without_factor")
Filled = tuple[dict[str, list[object]], dict[str, dict[str, object]]]


@pytest.fixture(scope="module")
def filled(world: World) -> Filled:
    return routes.fill_in(world)


def test_table_has_every_route_and_no_other() -> None:
    assert {(name, method) for name in routes.names() for method in routes.METHODS} == set(TABLE)


def test_every_route_has_a_name() -> None:
    assert [name for name in routes.names() if not name.replace(":", "").isidentifier()] == []


def test_guard_sees_what_is_written(world: World) -> None:
    with taken_back(), writes() as caught:
        made = make.user()
        User.objects.filter(pk=made.pk).update(name="Anders")
        made.delete()
    assert {sql.split()[0] for sql in caught} == {"INSERT", "UPDATE", "DELETE"}


@pytest.mark.parametrize(("route", "method"), TABLE, ids=[" ".join(key) for key in TABLE])
def test_route_answers_everybody_as_the_table_says(
    route: str, method: str, world: World, filled: Filled
) -> None:
    arguments, posted = filled
    address = reverse(route, args=arguments.get(route, []))
    said, wrote = {}, []
    for subject in SUBJECTS:
        with taken_back(), writes() as caught:
            said[subject] = routes.ask(world.client(subject), method, address, posted.get(route, {}))
        wrote += caught
    assert said == TABLE[route, method]
    assert method != "GET" or not wrote
