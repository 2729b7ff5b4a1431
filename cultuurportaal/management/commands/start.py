"""`manage.py start`: all that the portal needs besides its servers, in one terminal (`make run` calls it)."""

import os
import signal
import socket
import threading
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from cultuurportaal import demo, parts


class Command(BaseCommand):
    help = "Zet de database klaar en start website, worker, klok en veger; Ctrl-C stopt alles."

    def handle(self, *args: Any, **options: Any) -> None:
        check_port(settings.PORT)
        self.prepare()
        stop, is_up = threading.Event(), threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda _number, _frame: stop.set())
        threading.Thread(target=self.welcome, args=(stop, is_up), daemon=True).start()
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        rooms = parts.production_parts(settings.PORT)
        if not parts.keep_running(rooms, environment, self.say, stop, is_up.is_set):
            raise CommandError(
                "Het portaal is gestopt: een onderdeel bleef uitvallen. Zie de regels hierboven."
            )

    def prepare(self) -> None:
        """The schema, in production the static files, on a first run the demo city."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("start", "De database wordt klaargezet …")
            call_command("migrate", verbosity=0, interactive=False)
        if settings.IN_PRODUCTION:
            call_command("collectstatic", verbosity=0, interactive=False)
        elif not demo.is_loaded():
            self.say("start", "De demostad wordt gevuld …")
            demo.load()
        Path(settings.CELERY_BEAT_SCHEDULE_FILENAME).parent.mkdir(parents=True, exist_ok=True)
        connections.close_all()

    def welcome(self, stop: threading.Event, is_up: threading.Event) -> None:
        """Says where to look, once the website answers."""
        while not stop.wait(0.1):
            if answers(settings.PORT):
                is_up.set()
                self.tell_addresses()
                return

    def tell_addresses(self) -> None:
        self.say("start", f"Het portaal staat op {settings.SITE_ORIGIN}/")
        if settings.HAS_POSTBOX_PAGE:
            self.say("start", f"De mail staat op   {settings.SITE_ORIGIN}/postvak/")
        if not settings.IN_PRODUCTION:
            for line in demo.accounts():
                self.say("start", line)
            connections.close_all()
        self.say("start", "Stoppen: Ctrl-C")

    def say(self, part: str, line: str) -> None:
        self.stdout.write(f"{part:<6} | {line}")
        self.stdout.flush()


def check_port(port: int) -> None:
    """Raises CommandError with what to do when the port is somebody else's."""
    with closing(socket.socket()) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Poort {port} is al bezet. Stop het andere programma, of kies een andere poort:"
                f" PORT={port + 1} make run"
            ) from error


def answers(port: int) -> bool:
    """Is the website itself up? Asks past the proxy, so over plain HTTP."""
    host = settings.ALLOWED_HOSTS[0]
    request = urllib.request.Request(f"http://127.0.0.1:{port}/gezond/?deel=web", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
