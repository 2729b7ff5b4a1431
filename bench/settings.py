"""The portal's own settings with the bench's two extra pages; never used by the product."""

from cultuurportaal.settings import *  # noqa: F403 - an overlay
from cultuurportaal.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "bench.urls"
TEMPLATES = [{**TEMPLATES[0], "DIRS": [BASE_DIR / "templates", BASE_DIR / "bench" / "templates"]}]
