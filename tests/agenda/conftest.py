"""A maker and the organisation that they belong to."""

import pytest

from partners.models import City, Organisation, User
from tests import make


@pytest.fixture
def maker(city: City) -> User:
    return make.user("maker@demo.example", name="Mia")


@pytest.fixture
def organisation(maker: User) -> Organisation:
    return make.organisation("Popkoor", member=maker)
