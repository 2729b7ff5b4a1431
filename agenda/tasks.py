"""The doors of the worker: each task opens one service. The database is the truth, a task is a nudge."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from cultuurportaal.mail import send_due

UNCONFIRMED_DAYS = 14


@shared_task
def publish_release(release_id: int) -> None:
    """Publish one release, when it is due; running it again changes nothing."""
    from agenda.models import Release
    from agenda.services import publication

    release = Release.objects.open().filter(pk=release_id).first()
    if release:
        publication.publish(release)


@shared_task
def send_mail() -> None:
    """Send what is due in the mail outbox."""
    send_due(timezone.now())


@shared_task
def editors_digest() -> None:
    """Tell the editors what came in, at most once per working half-day."""
    from agenda.services import digest

    digest.send_digest(timezone.now())


@shared_task
def erase_unconfirmed() -> None:
    """Forget what was sent without an account and never confirmed, unused pictures, and pencil dates over."""
    from agenda.days import today
    from agenda.services import options, pictures, submission
    from partners.services import claims, invitations

    before = timezone.now() - timedelta(days=UNCONFIRMED_DAYS)
    submission.erase_unconfirmed(before=before)
    pictures.erase_unused(before=before)
    options.erase_over(before=today(timezone.now()))
    claims.erase_unconfirmed(before=before)
    invitations.erase_over(before=before)


@shared_task
def render_picture(key: str) -> None:
    """Make the renditions of one picture, also for what was let through meanwhile; again changes nothing."""
    from agenda.services import pictures, refresh

    if pictures.render(key):
        refresh.refresh_picture(key, now=timezone.now())


@shared_task
def render_waiting() -> None:
    """Nudge for pictures whose own nudge was lost."""
    from agenda.services import pictures

    pictures.render_waiting(timezone.now())


@shared_task
def rebuild_feeds() -> None:
    """Make the stored feeds again that are older than what they are about."""
    from agenda.feeds import refresh

    refresh.refresh(timezone.now())


@shared_task
def hourly() -> None:
    """Move the window of feeds to today, and catch up with renames whose nudge was lost."""
    from agenda.feeds import refresh as feeds
    from agenda.services import refresh

    now = timezone.now()
    refresh.catch_up(now)
    feeds.hourly(now)


@shared_task
def refresh_venue(pk: int) -> None:
    """A renamed venue reaches what is public."""
    from agenda.services import refresh
    from partners.models import Venue

    refresh.refresh_venue(Venue.objects.get(pk=pk), now=timezone.now())


@shared_task
def refresh_organisation(pk: int) -> None:
    """A renamed or merged organisation reaches what is public."""
    from agenda.services import refresh
    from partners.models import Organisation

    refresh.refresh_organisation(Organisation.objects.get(pk=pk), now=timezone.now())


@shared_task
def recheck() -> None:
    """Ask makers of series and long activities whether it still holds, and hide what nobody answers for."""
    from agenda.services import rechecks

    rechecks.run(timezone.now())


@shared_task
def read_sources() -> None:
    """Nudge for every feed of makers that was not read in this hour."""
    from agenda.services import sources

    sources.refresh_due(timezone.now())


@shared_task
def read_source(pk: int) -> None:
    """Read one feed of a maker; again changes nothing."""
    from agenda.models import Source
    from agenda.services import sources

    source = Source.objects.followed().filter(pk=pk).select_related("organisation__city").first()
    if source:
        sources.refresh(source, now=timezone.now())
