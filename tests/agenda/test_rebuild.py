"""The window can be made again from the releases, byte for byte."""

import pytest
from django.core.management import CommandError, call_command

from agenda.models import Listing, Moment, Occurrence, Scope
from agenda.services import rebuild, submission, urgent
from tests import make

pytestmark = pytest.mark.django_db


def a_season() -> None:
    """Published, changed, cancelled, withdrawn: a bit of everything."""
    make.published("Een")
    moved = make.published("Twee", venue=make.venue())
    urgent.change_moment(moved.moments.get(), status="cancelled", by=make.editor(), now=make.NOW)
    gone = make.published("Drie")
    submission.withdraw(gone, by=make.editor(), now=make.NOW)


def test_replayed_releases_give_the_same_bytes() -> None:
    a_season()
    assert rebuild.differences() == []


def test_rebuild_repairs_what_somebody_broke() -> None:
    a_season()
    Listing.objects.filter(title="Een").update(title="Eén", search=None)
    Occurrence.objects.filter(listing__title="Twee").delete()
    assert len(rebuild.differences()) == 2
    assert rebuild.rebuild() == 5
    assert rebuild.differences() == []


def test_rebuild_makes_every_cache_old() -> None:
    a_season()
    before = Scope.objects.get(name="agenda").version
    rebuild.rebuild()
    assert set(Scope.objects.values_list("version", flat=True)) == {before + 1}


def test_sequence_never_goes_down() -> None:
    activity = make.published("Een")
    moment: Moment = activity.moments.get()
    Occurrence.objects.filter(uuid=moment.uuid).update(sequence=7)
    rebuild.rebuild()
    row = Occurrence.objects.get(uuid=moment.uuid)
    assert row.sequence == 7
    assert "\r\nSEQUENCE:7\r\n" in row.vevent


def test_command_shows_differences_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    activity = make.published("Een")
    call_command("herbouw", "--vergelijk")
    Listing.objects.filter(uuid=activity.uuid).update(title="Anders")
    with pytest.raises(CommandError, match="1 verschillen"):
        call_command("herbouw", "--vergelijk")
    assert f"vermelding {activity.uuid} is anders" in capsys.readouterr().out
    call_command("herbouw")
    call_command("herbouw", "--vergelijk")
