"""A picture that comes with the form: kept through mistakes, never taken from somebody else."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from agenda.models import Activity, Picture
from partners.models import City
from tests.agenda.test_submit import URL, answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storages")]
DESCRIBED = {"picture_alt": "Een koor zingt", "has_picture_rights": "on"}


def photo(name: str = "foto.png") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def test_picture_belongs_to_the_activity(client: Client, city: City) -> None:
    client.post(URL, answers(picture_file=photo(), **DESCRIBED))
    activity = Activity.objects.get()
    assert (activity.picture, activity.picture_alt) == (Picture.objects.get(), "Een koor zingt")
    assert activity.has_picture_rights


def test_picture_is_kept_when_something_else_is_wrong(client: Client, city: City) -> None:
    page = client.post(URL, answers(title="", picture_file=photo(), **DESCRIBED))
    assert page.status_code == 422
    assert "De foto is bewaard" in page.text
    number = re.findall(r'name="picture" value="([^"]+)"', page.text)[0]
    client.post(URL, answers(picture=number, **DESCRIBED))
    assert Activity.objects.get().picture == Picture.objects.get()


def test_picture_needs_words_and_rights(client: Client, city: City) -> None:
    page = client.post(URL, answers(picture_file=photo()))
    assert "Schrijf in een paar woorden wat er op de foto staat." in page.text
    assert "Zet een vinkje als je deze foto mag gebruiken." in page.text


def test_picture_can_be_taken_away_again(client: Client, city: City) -> None:
    page = client.post(URL, answers(title="", picture_file=photo(), **DESCRIBED))
    number = re.findall(r'name="picture" value="([^"]+)"', page.text)[0]
    client.post(URL, answers(picture=number, drop_picture="on"))
    assert Activity.objects.get().picture is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leeg.jpg", b""),
        ("tekst.jpg", b"geen foto"),
        ("plaatje.svg", b"<svg onload=alert(1)>"),
        ("x.php.jpg", b"<?php"),
    ],
)
def test_what_is_no_picture_is_refused_and_the_text_kept(
    client: Client, city: City, name: str, content: bytes
) -> None:
    page = client.post(URL, answers(picture_file=SimpleUploadedFile(name, content)))
    assert page.status_code == 422
    assert "Dit is geen foto of poster" in page.text
    assert "Popkoor De Waterlelie" in page.text
    assert (Activity.objects.count(), Picture.objects.count()) == (0, 0)


def test_number_of_a_picture_cannot_be_made_up(client: Client, city: City) -> None:
    client.post(URL, answers(picture_file=photo(), **DESCRIBED))
    stolen = str(Picture.objects.get().pk)
    page = client.post(URL, answers(picture=stolen, **DESCRIBED))
    assert "Deze foto kennen we niet meer. Kies hem nog eens." in page.text
    assert Activity.objects.count() == 1
