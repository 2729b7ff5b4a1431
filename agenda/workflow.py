"""The states of an activity and the steps between them; nothing else assigns `status`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cultuurportaal.workflow import steps

DRAFT = "draft"
SUBMITTED = "submitted"
CHANGES_ASKED = "changes_asked"
APPROVED = "approved"
REJECTED = "rejected"
WITHDRAWN = "withdrawn"

OPEN = (DRAFT, SUBMITTED, CHANGES_ASKED, APPROVED)

ACTIVITY = steps(
    [
        ("submit", [DRAFT, CHANGES_ASKED], SUBMITTED),
        ("edit_draft", [DRAFT], DRAFT),
        ("edit_submitted", [SUBMITTED], SUBMITTED),
        ("edit_asked", [CHANGES_ASKED], CHANGES_ASKED),
        ("edit_approved", [APPROVED], DRAFT),
        ("approve", [SUBMITTED], APPROVED),
        ("undo_approval", [APPROVED], SUBMITTED),
        ("ask_changes", [SUBMITTED], CHANGES_ASKED),
        ("reject", [SUBMITTED], REJECTED),
        ("withdraw", [*OPEN, REJECTED], WITHDRAWN),
    ]
)


class DateStatus(TextChoices):
    """What is said of one date. It has no steps: its maker says any of these at once."""

    SCHEDULED = "scheduled", _("gaat door")
    CANCELLED = "cancelled", _("gaat niet door")
    SOLD_OUT = "sold_out", _("uitverkocht")
    MOVED = "moved", _("verplaatst")
    POSTPONED = "postponed", _("uitgesteld")
