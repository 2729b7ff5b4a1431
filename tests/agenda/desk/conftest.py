"""An editor at the desk."""

import pytest
from django.test import Client

from tests import make
from tests.partners.signing_in import signed_in


@pytest.fixture
def desk() -> Client:
    return signed_in(make.editor())
