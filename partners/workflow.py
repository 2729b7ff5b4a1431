"""The states of an organisation and the steps between them; nothing else assigns its status."""

from cultuurportaal.workflow import steps

ORGANISATION = steps(
    [
        ("accept", ["applied"], "active"),
        ("suspend", ["applied", "active"], "suspended"),
        ("restore", ["suspended"], "active"),
        ("merge", ["applied", "active", "suspended"], "merged"),
    ]
)
