"""What makers hear about what they sent: rows in the mail outbox, in the transaction that causes them."""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from agenda import signatures, still_holds, urgent_line
from agenda.imports import words
from agenda.models import Activity, CoMaker, Release, Sample, Source
from agenda.tasks import send_mail
from cultuurportaal.mail import queue_mail, render
from cultuurportaal.models import OutboxMail
from cultuurportaal.nudge import nudge
from partners.models import Membership, Reason
from partners.notifications import address, tell_owners


def received(activity: Activity, *, now: datetime) -> None:
    """It arrived, and before when editors answer."""
    _queue("received", activity, mark=str(activity.version), now=now)


def live(release: Release, activity: Activity, *, now: datetime) -> None:
    """It is in the agenda; goes out when that is so, and not at all when the approval is undone."""
    _queue("live", activity, mark=str(release.seen_version), now=now, not_before=release.publish_at)


def take_back_live(release: Release) -> None:
    OutboxMail.objects.unsent().filter(key=_key("live", release.activity, str(release.seen_version))).delete()


def asked(activity: Activity, *, now: datetime, not_before: datetime) -> None:
    """An editor's question; the answer goes to the editors."""
    _queue("asked", activity, mark=str(activity.version), now=now, not_before=not_before)


def rejected(activity: Activity, *, now: datetime, not_before: datetime) -> None:
    _queue("rejected", activity, mark=str(activity.version), now=now, not_before=not_before)


def withdrawn(activity: Activity, *, now: datetime) -> None:
    _queue("withdrawn", activity, mark=str(activity.version), now=now)


def source_failing(source: Source, *, now: datetime) -> None:
    """A feed could not be read five times in a row: its owners hear it, once for each row of failures."""
    mark = f"{source.worked_at or source.added_at:%Y%m%d%H%M%S}"
    with override(settings.LANGUAGE_CODE):
        page = f"{settings.SITE_ORIGIN}{source.get_absolute_url()}"
    owners = source.organisation.memberships.filter(role=Membership.Role.OWNER, user__is_active=True)
    for owner in owners.select_related("user"):
        queue_mail(
            key=f"agenda.source.{source.uuid}.{mark}.{owner.user_id}",
            to=owner.user.email,
            template="agenda/source_failing",
            context={
                "source": source,
                "name": owner.user.name,
                "city": source.organisation.city,
                "page": page,
                "problem": words.problem(source.problem),
            },
            now=now,
            reply_to=source.organisation.city.mail,
        )
    transaction.on_commit(partial(nudge, send_mail))


def co_maker_asked(row: CoMaker, *, now: datetime) -> None:
    """The owners of the other organisation hear that somebody says that they make this too."""
    words = {"activity": row.activity, "page": address("agenda:co_maker", row.pk)}
    tell_owners(row.organisation, "agenda/co_maker_asked", words, now=now)


def breach(sample: Sample, *, now: datetime) -> None:
    """The owners of a trusted organisation hear what an editor found afterwards."""
    activity = sample.release.activity
    if activity.organisation:
        words = {"activity": activity, "note": sample.note, "page": _words(activity)["page"]}
        tell_owners(activity.organisation, "agenda/breach", words, now=now)


def written(use: str, activity: Activity) -> tuple[str, str]:
    """Subject and text of the mail about a Reason of this use, as the sender would get it."""
    step = {Reason.Use.ASK: "asked", Reason.Use.REJECT: "rejected"}[Reason.Use(use)]
    return render(f"agenda/{step}", _words(activity), settings.LANGUAGE_CODE)


def _key(step: str, activity: Activity, mark: str) -> str:
    return f"agenda.{step}.{activity.uuid}.{mark}"


def _queue(
    step: str, activity: Activity, *, mark: str, now: datetime, not_before: datetime | None = None
) -> None:
    """One mail to the sender; the same step about the same version is mailed once."""
    to = signatures.address_of(activity)
    if not to:
        return
    queue_mail(
        key=_key(step, activity, mark),
        to=to,
        template=f"agenda/{step}",
        context={**_words(activity), "urgent": _urgent_line(activity, now)},
        now=now,
        not_before=not_before,
        reply_to=activity.city.mail,
    )
    if not_before is None or not_before <= now:
        transaction.on_commit(partial(nudge, send_mail))


def _urgent_line(activity: Activity, now: datetime) -> str:
    """The address behind which its maker says at once that a date is off; "" when it would open nothing."""
    token = signatures.urgent_token(activity)
    if not urgent_line.read(token, now).is_key:
        return ""
    with override(settings.LANGUAGE_CODE):
        page = reverse("agenda:urgent_line", args=[token])
    return f"{settings.SITE_ORIGIN}{page}"


def _words(activity: Activity) -> dict[str, Any]:
    """`page` is where the sender sees it at their desk, without an account too."""
    with override(settings.LANGUAGE_CODE):
        page = activity.get_absolute_url()
    return {
        "activity": activity,
        "name": activity.sender_name or (activity.sender.name if activity.sender else ""),
        "city": activity.city,
        "page": f"{settings.SITE_ORIGIN}{page}",
    }


def recheck(step: str, activity: Activity, *, now: datetime, last_day: datetime | None = None) -> None:
    """Does it still hold? To its sender, or else to the owners of its organisation, each with a link."""
    for person in still_holds.people(activity):
        token = signatures.recheck_token(activity, person.email)
        with override(settings.LANGUAGE_CODE):
            link = f"{settings.SITE_ORIGIN}{reverse('agenda:recheck', args=[token])}"
        queue_mail(
            key=_key(step, activity, f"{now:%Y%m%d}.{person.pk}"),
            to=person.email,
            template=f"agenda/{step}",
            context={**_words(activity), "name": person.name, "link": link, "last_day": last_day},
            now=now,
            reply_to=activity.city.mail,
        )
    transaction.on_commit(partial(nudge, send_mail))
