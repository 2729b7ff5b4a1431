"""What a city runs: the environment, its checks, the image, the stack of docker-compose.yml."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from cultuurportaal.parts import production_parts
from tests import running

ROOT = Path(settings.BASE_DIR)
PRODUCTION = {
    "OMGEVING": "productie",
    "SECRET_KEY": "".join(chr(33 + number * 7 % 90) for number in range(60)),
    "SITE_ORIGIN": "https://cultuur.example.nl",
    "ALLOWED_HOSTS": "cultuur.example.nl",
    "DATABASE_URL": "postgres://portaal:geheim@database/portaal",
    "REDIS_URL": "redis://broker:6379/0",
    "MAIL_URL": "smtp+tls://naam:geheim@mail.example.nl:587",
    "MAIL_FROM": "Cultuurportaal <portaal@example.nl>",
    "TRUSTED_PROXIES": "172.16.0.0/12",
}
EVERYWHERE = "0.0.0.0"  # noqa: S104 - inside a container
OURS = {"migrate", "web", "worker", "beat", "sweeper"}
SERVICE_KEYS = {
    "image",
    "build",
    "restart",
    "init",
    "env_file",
    "environment",
    "read_only",
    "tmpfs",
    "cap_drop",
}
SERVICE_KEYS |= {"security_opt", "volumes", "depends_on", "stop_grace_period", "command", "healthcheck"}
SERVICE_KEYS |= {"shm_size", "deploy", "ports", "profiles"}


def manage(*words: str, without: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    given = {name: value for name, value in {**PRODUCTION, **environ}.items() if name != without}
    command = [sys.executable, "-W", "error", "manage.py", *words]
    return subprocess.run(
        command, cwd=ROOT, env={**kept, **given}, capture_output=True, text=True, check=False, timeout=60
    )


# --- The environment -----------------------------------------------------------------------------------


def read_by_settings() -> set[str]:
    tree = ast.parse((ROOT / "cultuurportaal" / "settings.py").read_text())
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) == "environment"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def named_in_example() -> set[str]:
    return set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_env_example_and_settings_name_the_same_variables() -> None:
    of_compose = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    assert named_in_example() - of_compose == read_by_settings() - of_compose
    assert of_compose <= named_in_example()


S3 = "s3://naam:ge%2Fheim@s3.example.nl/emmer?region=nl"
REQUIRED = sorted(PRODUCTION.keys() - {"OMGEVING", "TRUSTED_PROXIES"})


@pytest.mark.parametrize("name", REQUIRED)
def test_production_refuses_to_start_half_configured(name: str) -> None:
    answer = manage("check", without=name)
    assert answer.returncode != 0
    assert f"Zet de omgevingsvariabele {name}" in answer.stderr


def test_variables_that_must_be_set_are_not_a_comment_in_the_example() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    given = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert given == {"OMGEVING", "DATABASE_PASSWORD", *REQUIRED}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"SITE_ORIGIN": "http://cultuur.example.nl"},
            "SITE_ORIGIN moet in productie met https:// beginnen.",
        ),
        ({"OMGEVING": "test"}, "OMGEVING is 'test', maar mag alleen zijn: proef, productie."),
        ({"PORT": "acht"}, "PORT is 'acht', maar moet een getal zijn."),
        (
            {"MEDIA_URL_S3": "s3://emmer"},
            "MEDIA_URL_S3 moet zijn: s3://sleutel:geheim@server/emmer?region=regio.",
        ),
    ],
)
def test_a_wrong_value_is_refused_in_one_dutch_sentence(given: dict[str, str], sentence: str) -> None:
    answer = manage("check", **given)
    assert answer.returncode != 0
    assert answer.stderr.strip().splitlines()[-1].endswith(sentence)


def test_pictures_can_live_in_s3_and_keep_our_own_address() -> None:
    code = "from django.conf import settings; import json; print(json.dumps(settings.STORAGES['default']))"
    answer = manage("shell", "--no-imports", "-c", code, MEDIA_URL_S3=S3)
    assert answer.stderr == ""
    assert yaml.safe_load(answer.stdout)["OPTIONS"] == {
        "access_key": "naam",
        "secret_key": "ge/heim",
        "endpoint_url": "https://s3.example.nl",
        "bucket_name": "emmer",
        "region_name": "nl",
        "location": "media",
        "custom_domain": "cultuur.example.nl",
        "file_overwrite": False,
    }


# --- Checks --------------------------------------------------------------------------------------------


def test_check_deploy_is_clean_in_production() -> None:
    answer = manage("check", "--deploy", "--fail-level", "INFO")
    assert (answer.returncode, answer.stdout.strip()) == (
        0,
        "System check identified no issues (0 silenced).",
    )


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ({"ALLOWED_HOSTS": "elders.example.nl"}, "cultuurportaal.E002"),
        ({"MAIL_URL": "filemail:///tmp/post"}, "cultuurportaal.W001"),
        (
            {"DATABASE_URL": "postgres://portaal@/portaal?host=/srv/var/pg", "VAR_DIR": "/srv/var"},
            "cultuurportaal.E001",
        ),
    ],
)
def test_check_deploy_finds_what_would_hurt_later(given: dict[str, str], number: str) -> None:
    answer = manage("check", "--deploy", "--fail-level", "WARNING", **given)
    assert answer.returncode != 0
    assert number in answer.stderr


def test_demo_and_postbox_do_not_exist_in_production() -> None:
    answer = manage("demo")
    assert answer.returncode != 0
    assert "Dit is productie" in answer.stderr
    answer = manage("shell", "--no-imports", "-c", "from django.urls import reverse; reverse('postbox')")
    assert "NoReverseMatch" in answer.stderr


# --- The image and the stack ---------------------------------------------------------------------------


def compose() -> dict[str, Any]:
    stack: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return stack


def test_the_image_gets_every_app_and_every_folder_it_needs() -> None:
    copied = set(re.findall(r"^COPY (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE))
    wanted = {name for app in settings.INSTALLED_APPS if (ROOT / (name := app.partition(".")[0])).is_dir()}
    wanted |= {"manage.py", "templates", "static", "locale", "requirements/production.txt"}
    assert copied == wanted
    let_in = re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert set(let_in) == wanted
    assert [name for name in wanted if not (ROOT / name).exists()] == []


def test_the_stack_is_what_the_contract_says() -> None:
    services = compose()["services"]
    assert set(services) == {*OURS, "database", "broker", "proxy", "mail"}
    assert {key for service in services.values() for key in service} <= SERVICE_KEYS
    assert services["web"]["deploy"]["replicas"] == 2
    assert services["mail"]["profiles"] == ["dev"]
    assert {name for name, service in services.items() if "ports" in service} == {"proxy", "mail"}
    assert all(services[name]["read_only"] and services[name]["cap_drop"] == ["ALL"] for name in OURS)


def test_every_volume_and_dependency_of_the_stack_exists() -> None:
    stack = compose()
    for service in stack["services"].values():
        assert set(service.get("depends_on", [])) <= set(stack["services"])
        named = {volume.partition(":")[0] for volume in service.get("volumes", [])}
        assert {name for name in named if "/" not in name} <= set(stack["volumes"])
        assert [name for name in named if name.startswith("./deploy/") and "certificates" not in name] <= [
            "./deploy/nginx.conf"
        ]


def command_of(service: str, port: int) -> list[str]:
    """The command of a service as it runs outside a container: our Python, a free port."""
    words = [str(port) if word == "8000" else word for word in compose()["services"][service]["command"]]
    return words[1:] if words[0] == "python" else ["-m", *words]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("service", "ready"), [("worker", "ready."), ("beat", "beat: Starting")])
def test_worker_and_beat_run_outside_a_container(service: str, ready: str) -> None:
    quiet = ["-W", "ignore:You're running the worker"]
    with running.process(*quiet, *command_of(service, 0), ready=ready) as process:
        assert process.popen.poll() is None


@pytest.mark.django_db(transaction=True)
def test_web_runs_outside_a_container() -> None:
    port = running.free_port()
    with running.process(*command_of("web", port)):
        address = f"http://localhost:{port}/gezond/?deel=web"
        running.until(lambda: running.answers(address), "no website")


@pytest.mark.django_db(transaction=True)
def test_migrate_runs_outside_a_container() -> None:
    with running.process(*command_of("migrate", 0), ready="No migrations to apply") as process:
        assert process.popen.wait(30) == 0


@pytest.mark.django_db(transaction=True)
def test_sweeper_runs_outside_a_container() -> None:
    with running.process(*command_of("sweeper", 0)) as process:
        process.popen.terminate()
        assert process.popen.wait(15) in {0, -15}


def test_the_celery_and_web_commands_of_start_and_stack_agree() -> None:
    here = {part.name: set(part.command) for part in production_parts(8000)}
    names = {"web": "web", "worker": "worker", "beat": "beat", "veger": "sweeper"}
    for name, service in names.items():
        there = set(compose()["services"][service]["command"]) - {"python", "granian", "celery", EVERYWHERE}
        assert there <= here[name], name
