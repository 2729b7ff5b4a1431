"""A picture before everybody may see it: who sees it at the desk, and around which point it is cropped."""

import io
import re

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from agenda.models import Activity, Picture, Release
from agenda.services import pictures, publication
from partners.models import Organisation, User
from tests import make
from tests.agenda.test_mine import page_of
from tests.partners.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storages")]
NAME = "4x3-320.jpeg"


@pytest.fixture
def picture(maker: User) -> Picture:
    """Red on the left, blue on the right: what a crop keeps can be seen from its colour."""
    image, buffer = Image.new("RGB", (1200, 300), "blue"), io.BytesIO()
    image.paste("red", (0, 0, 600, 300))
    image.save(buffer, "PNG")
    file = SimpleUploadedFile("foto.png", buffer.getvalue())
    return rendered(pictures.receive(file, by=maker, now=make.NOW))


@pytest.fixture
def sent(picture: Picture, maker: User, organisation: Organisation) -> Activity:
    fields = {"picture": picture, "picture_alt": "Een koor zingt", "has_picture_rights": True}
    return make.submitted("Concert", by=maker, organisation=organisation, **fields)


def rendered(picture: Picture) -> Picture:
    pictures.render(str(picture.uuid))
    picture.refresh_from_db()
    return picture


def address(activity: Activity, name: str = NAME) -> str:
    return reverse("agenda:picture", args=[activity.uuid, name])


def read(client: Client, activity: Activity) -> Image.Image:
    return Image.open(io.BytesIO(client.get(address(activity)).content))


def test_maker_and_editor_see_it_and_others_do_not(client: Client, sent: Activity, maker: User) -> None:
    assert client.get(address(sent)).status_code == 404
    client.force_login(make.user("ander@demo.example"))
    assert client.get(address(sent)).status_code == 404
    client.force_login(maker)
    for door in (client, signed_in(make.editor())):
        answer = door.get(address(sent))
        assert Image.open(io.BytesIO(answer.content)).size == (320, 240)
        assert answer["Content-Type"] == "image/jpeg"
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["original", "4x3-321.jpeg", "..", "%2e%2e%2foriginal"])
def test_nothing_else_can_be_asked_for(client: Client, sent: Activity, maker: User, name: str) -> None:
    client.force_login(maker)
    assert client.get(address(sent, name)).status_code == 404


def test_activity_without_a_picture_shows_none(
    client: Client, maker: User, organisation: Organisation
) -> None:
    client.force_login(maker)
    without = make.submitted("Kaal", by=maker, organisation=organisation)
    assert client.get(address(without)).status_code == 404


def test_editor_sees_what_will_be_let_through(sent: Activity) -> None:
    page = signed_in(make.editor()).get(reverse("agenda:review", args=[sent.uuid])).text
    assert address(sent, "16x9-480.avif") in page
    assert "/media/" not in page


@pytest.mark.parametrize(
    ("status", "problem", "words"),
    [
        (Picture.Status.WAITING, "", "De foto wordt nog kleiner gemaakt."),
        (Picture.Status.FAILED, "Het bestand is stuk.", "De foto lukte niet: Het bestand is stuk."),
    ],
)
def test_editor_is_told_why_there_is_no_picture_yet(
    sent: Activity, status: str, problem: str, words: str
) -> None:
    Picture.objects.update(status=status, problem=problem, renditions={})
    page = signed_in(make.editor()).get(reverse("agenda:review", args=[sent.uuid])).text
    assert words in page
    assert "/foto/" not in page


def test_maker_sees_the_kept_picture_and_chooses_what_stays_in_view(
    client: Client, sent: Activity, maker: User
) -> None:
    client.force_login(maker)
    mine = reverse("agenda:my_activity", args=[sent.uuid])
    page = client.get(mine).text
    assert f'src="{address(sent)}"' in page
    assert '<option value="50-50" selected>' in page
    signed = re.findall('name="picture" value="([^"]+)"', page)[0]
    fields = {"picture": signed, "picture_alt": sent.picture_alt, "has_picture_rights": "on"}
    answer = client.post(mine, page_of(sent, **fields, focus="100-50", stap="bewaar"))
    assert answer.status_code == 302
    sent.refresh_from_db()
    assert sent.picture
    assert (sent.picture.focus_x, sent.picture.focus_y) == (1, 0.5)
    assert '<option value="100-50" selected>' in client.get(mine).text


def test_crop_keeps_the_side_that_was_chosen(
    client: Client, sent: Activity, maker: User, picture: Picture
) -> None:
    client.force_login(maker)
    seen = {}
    for side, x in (("left", 0.0), ("right", 1.0)):
        Activity.objects.filter(pk=sent.pk).update(picture=rendered(pictures.aim(picture, x=x, y=0.5)))
        red, _green, blue = read(client, sent).convert("RGB").getpixel((160, 120))
        seen[side] = "red" if red > blue else "blue"
    assert seen == {"left": "red", "right": "blue"}


def test_another_crop_leaves_what_was_let_through(sent: Activity, picture: Picture) -> None:
    aimed = pictures.aim(picture, x=1, y=0.5)
    assert aimed.pk != picture.pk
    assert pictures.aim(aimed, x=1, y=0.5) is aimed
    picture.refresh_from_db()
    assert (picture.focus_x, picture.status) == (0.5, Picture.Status.READY)


def test_original_stays_as_long_as_one_crop_needs_it(picture: Picture) -> None:
    aimed = rendered(pictures.aim(picture, x=1, y=0.5))
    long_ago = make.NOW.replace(year=2020)
    Picture.objects.filter(pk=picture.pk).update(created_at=long_ago)
    assert pictures.erase_unused(before=make.NOW.replace(year=2021)) == 1
    assert storages["private"].exists(aimed.original)
    assert rendered(aimed).status == Picture.Status.READY
    Picture.objects.update(created_at=long_ago)
    assert pictures.erase_unused(before=make.NOW.replace(year=2021)) == 1
    assert not storages["private"].exists(aimed.original)


def test_new_crop_of_a_shown_picture_waits_for_the_editor(
    maker: User, organisation: Organisation, picture: Picture
) -> None:
    fields = {"picture": picture, "picture_alt": "Koor", "has_picture_rights": True}
    shown = make.published("Concert", by=maker, organisation=organisation, **fields)
    Activity.objects.filter(pk=shown.pk).update(picture=rendered(pictures.aim(picture, x=0, y=0.5)))
    assert publication.sweep(make.NOW) == 0
    assert Release.objects.get().snapshot["image"]["id"] == str(picture.uuid)
