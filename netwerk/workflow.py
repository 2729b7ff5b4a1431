"""The states of a meeting and the steps between them; nothing else assigns its status."""

from cultuurportaal.workflow import steps

MEETING = steps(
    [
        ("plan", ["draft"], "planned"),
        ("cancel", ["planned"], "cancelled"),
        ("plan_again", ["cancelled"], "planned"),
    ]
)
