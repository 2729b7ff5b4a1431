"""Lets the child process read a source, and gives up in time when it does not come back."""

import json
import logging
import subprocess
import sys
from datetime import datetime

from django.conf import settings

from agenda.imports import base
from agenda.imports.ics import Window

SECONDS = 20
log = logging.getLogger(__name__)


def read(body: bytes, *, now: datetime, url: str = "", content_type: str = "") -> base.Findings:
    """What stands in the source, with its dates from today on. Never raises: `refused` says why not."""
    window = Window.ahead(now)
    about = {
        "url": url,
        "content_type": content_type,
        "start": window.start.isoformat(),
        "end": window.end.isoformat(),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "agenda.imports.child"],
            input=json.dumps(about).encode() + b"\n" + body,
            cwd=settings.BASE_DIR,
            env={"PATH": "/usr/bin:/bin"},
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        log.warning("a source could not be read: the child ended with %s", type(error).__name__)
        return base.Findings(refused="heavy")
    return base.load(json.loads(done.stdout))
