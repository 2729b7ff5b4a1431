"""One world for a module, made once in a transaction that never ends well, with storage of its own."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from tests import storages
from tests.permissions import world as worlds
from tests.permissions.world import World


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    own = storages.in_folder(tmp_path_factory.mktemp("storage"))
    unblocked = django_db_blocker.unblock()  # type: ignore[attr-defined]
    with override_settings(STORAGES=own), unblocked, transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)
