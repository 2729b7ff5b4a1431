"""Where the servers are: pure."""

from pathlib import Path

import environ
import pytest

from cultuurportaal import embedded
from cultuurportaal.embedded import addresses


def test_urls_make_and_start_nothing(tmp_path: Path) -> None:
    found = embedded.urls(tmp_path / "var")
    assert found == (
        f"postgres://portaal@/portaal?host={tmp_path}/var/pg&port=5432",
        f"unix://{tmp_path}/var/valkey/valkey.sock",
    )
    assert list(tmp_path.iterdir()) == []


def test_database_url_gives_the_same_settings_as_database_settings(tmp_path: Path) -> None:
    parsed = embedded.django_database(embedded.urls(tmp_path).database_url, environ.Env)
    assert parsed == {**embedded.database_settings(tmp_path), "PASSWORD": "", "OPTIONS": {}}


def test_database_url_of_a_network_server_keeps_its_options() -> None:
    parsed = embedded.django_database("postgres://u:p%40w@db.example.org:5433/x?sslmode=require", environ.Env)
    assert parsed == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "x",
        "USER": "u",
        "PASSWORD": "p@w",
        "HOST": "db.example.org",
        "PORT": 5433,
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    ("redis_url", "celery_url"),
    [
        ("unix:///srv/var/valkey.sock", "redis+socket:///srv/var/valkey.sock?virtual_host=0"),
        ("unix:///srv/var/valkey.sock?db=3", "redis+socket:///srv/var/valkey.sock?virtual_host=3"),
        ("redis://localhost:6379/1", "redis://localhost:6379/1"),
    ],
)
def test_celery_url_spells_a_socket_as_celery_does(redis_url: str, celery_url: str) -> None:
    assert embedded.celery_url(redis_url) == celery_url


@pytest.mark.parametrize("name", ["x" * 120, "met spatie", "komma,s", "é"])
def test_long_or_odd_path_gets_a_short_plain_socket_that_is_its_own(name: str) -> None:
    one, other = addresses.place(Path("/srv") / name), addresses.place(Path("/srv") / name / "b")
    assert one.short == addresses.place(Path("/srv") / name).short
    assert one.short != other.short
    assert addresses.PLAIN_PATH.fullmatch(str(one.valkey_socket))
    assert len(f"{one.pg_sockets}/.s.PGSQL.5432") < addresses.LONGEST_SOCKET
