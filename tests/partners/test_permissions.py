"""Who may do what with people, organisations and venues."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from partners import permissions
from partners.models import Organisation, User
from partners.permissions import Person
from tests import make

pytestmark = pytest.mark.django_db
ROLES = ["editor", "broker", "culture_base", "administrator"]
SUBJECTS = [
    "anon",
    "member_own",
    "member_other",
    "owner_own",
    "owner_other",
    "member_suspended_org",
    "deactivated",
    *ROLES,
]


@pytest.fixture
def own() -> Organisation:
    return make.organisation()


def subject(name: str, own: Organisation) -> Person:
    """Somebody of that name in the permission table (permissions.md)."""
    if name == "anon":
        return AnonymousUser()
    if name in ROLES:
        return make.user(role=name)
    if name == "member_suspended_org":
        user = make.user()
        make.organisation(owner=user, status="suspended")
        return user
    user = make.user(is_active=name != "deactivated")
    organisation = own if name.endswith("own") else make.organisation()
    organisation.memberships.create(user=user, role="owner" if name.startswith("owner") else "member")
    return user


TABLE: dict[Callable[[Person, Organisation], bool], set[str]] = {
    permissions.may_edit_organisation: {"owner_own", "editor", "administrator"},
    permissions.may_invite_member: {"owner_own", "editor", "administrator"},
    permissions.may_change_members: {"owner_own", "administrator"},
    permissions.may_see_members: {"member_own", "owner_own", "editor", "administrator"},
    lambda user, _own: permissions.may_moderate_organisations(user): {"editor", "administrator"},
    lambda user, _own: permissions.may_edit_venue(user): {"editor", "administrator"},
    lambda user, _own: permissions.may_manage_accounts(user): {"administrator"},
}


@pytest.mark.parametrize("may", TABLE)
def test_table(may: Callable[[Person, Organisation], bool], own: Organisation) -> None:
    assert {name for name in SUBJECTS if may(subject(name, own), own)} == TABLE[may]


@pytest.mark.parametrize("role", ROLES)
def test_role_counts_in_the_public_city_only(role: str) -> None:
    user = make.user()
    user.city_roles.create(city=make.city("venlo"), role=role)
    assert permissions.acting_roles(user) == frozenset()


def test_role_does_not_count_without_second_factor() -> None:
    user = make.user(role="editor")
    user.has_weak_session = True
    assert not permissions.is_editor(user)
    assert not user.has_perm("partners.change_user")


def test_roles_and_memberships_are_read_once(django_assert_num_queries: Callable[[int], object]) -> None:
    user = User.objects.get(pk=make.user(role="editor").pk)
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        for _ in range(3):
            permissions.is_editor(user)
            permissions.is_broker(user)
            permissions.organisations_of(user)
