"""What floor 1 says (`partners.signals`) and what follows: caches are old at once, refresh releases soon."""

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from agenda import tasks
from agenda.services import privacy, refresh
from cultuurportaal.nudge import nudge
from partners import signals
from partners.models import Organisation, User, Venue


@receiver(signals.venue_changed)
def on_venue_changed(sender: type[Venue], instance: Venue, **kwargs: Any) -> None:
    transaction.on_commit(partial(nudge, tasks.refresh_venue, instance.pk))


@receiver(signals.organisation_changed)
def on_organisation_changed(sender: type[Organisation], instance: Organisation, **kwargs: Any) -> None:
    refresh.visibility_changed(instance)
    transaction.on_commit(partial(nudge, tasks.refresh_organisation, instance.pk))


@receiver(signals.personal_data_asked)
def on_personal_data_asked(sender: type[User], instance: User, **kwargs: Any) -> privacy.Sections:
    return privacy.gather(instance)


@receiver(signals.account_erased)
def on_account_erased(sender: type[User], instance: User, **kwargs: Any) -> None:
    privacy.forget(instance)
