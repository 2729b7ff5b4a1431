"""Who changed what, as the audit trail of the database kept it."""

from django.apps import apps

from agenda.models import Activity


def is_last_changed_by(user_pk: int | None, activity: Activity) -> bool:
    """Whether they made the newest version themselves, on a page. `None` is a sender without an account."""
    history = apps.get_model("agenda", "ActivityEvent")  # made by pghistory: no module says its name
    last = history.objects.filter(pgh_obj_id=activity.pk).order_by("-pgh_id").first()
    if last is None or last.pgh_context is None:
        return False
    return bool(last.pgh_context.metadata.get("user", 0) == user_pk)
