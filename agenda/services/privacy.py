"""What the desk keeps of somebody who sends activities, and forgetting who that was."""

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from agenda.models import Activity, Letter, Release, Sample
from partners.models import User

Sections = dict[str, list[dict[str, Any]]]
WORDS = {"sender_name": "", "sender_mail": "", "note": ""}


def gather(user: User) -> Sections:
    """What this person sent and decided, as `partners.signals.personal_data_asked` wants it."""
    decided = Release.objects.filter(by=user).select_related("activity").order_by("pk")
    return {
        "activiteiten": [
            {
                "titel": row.title,
                "organisatie": row.maker_name,
                "status": row.get_status_display(),
                "naam": row.sender_name,
                "mailadres": row.sender_mail,
                "bericht aan de redactie": row.note,
                "ingestuurd op": row.submitted_at,
            }
            for row in _sent_by(user).select_related("organisation").order_by("pk")
        ],
        "besluiten": [
            {"activiteit": row.activity.title, "soort": row.get_kind_display(), "op": row.created_at}
            for row in decided
        ],
        "nagekeken steekproeven": [
            {"activiteit": str(row.release.activity), "tekst": row.note, "op": row.checked_at}
            for row in Sample.objects.filter(by=user).select_related("release__activity")
        ],
        "concepten per mail": [
            {"activiteit": str(row.activity), "naam": row.sender_name, "op": row.received_at}
            for row in Letter.objects.filter(sender_mail__iexact=user.email).select_related("activity")
        ],
    }


def forget(user: User) -> None:
    """Name, address and messages go, in the history too; the activities stay with their organisation."""
    found = list(_sent_by(user).values_list("pk", flat=True))
    Activity.objects.filter(pk__in=found).update(**WORDS)
    Letter.objects.filter(sender_mail__iexact=user.email).update(sender_mail="", sender_name="")
    history = apps.get_model("agenda", "ActivityEvent")  # made by pghistory: no module says its name
    history.objects.filter(Q(pgh_obj_id__in=found) | Q(sender_mail__iexact=user.email)).update(**WORDS)


def _sent_by(user: User) -> "QuerySet[Activity]":
    return Activity.objects.filter(Q(sender=user) | Q(sender_mail__iexact=user.email))
