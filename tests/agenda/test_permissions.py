"""Who may do what with an activity: each question beside its QuerySet, for every role."""

from collections.abc import Callable

import pytest

from agenda import permissions, workflow
from agenda.models import Activity
from partners.models import User
from partners.permissions import Person
from tests import make

pytestmark = pytest.mark.django_db
EDITORS = {"editor", "administrator"}


def people(activity: Activity) -> dict[str, Person]:
    """One of every sort; 'own' are members of its organisation, 'suspended' of a blocked one."""
    home, other = activity.organisation, make.organisation()
    assert home
    suspended, closed = make.user(), make.user(is_active=False)
    make.organisation(member=suspended, status="suspended")
    home.memberships.create(user=closed)
    owner, member, stranger, chief = make.user(), make.user(), make.user(), make.user()
    home.memberships.create(user=owner, role="owner")
    home.memberships.create(user=member)
    other.memberships.create(user=stranger)
    other.memberships.create(user=chief, role="owner")
    roles = {role: make.user(role=role) for role in ("editor", "administrator", "broker", "culture_base")}
    return {
        "nobody": None,
        "owner_own": owner,
        "member_own": member,
        "owner_other": chief,
        "member_other": stranger,
        "suspended": suspended,
        "closed": closed,
        **roles,
    }


def allowed(activity: Activity, may: Callable[[Person, Activity], bool]) -> set[str]:
    return {name for name, person in people(activity).items() if may(person, activity)}


OWN = {"owner_own", "member_own"}
QUESTIONS = [
    (permissions.may_view, OWN | EDITORS | {"culture_base"}),
    (permissions.may_edit, OWN | EDITORS),
    (permissions.may_submit, OWN | EDITORS),
    (permissions.may_withdraw, OWN | EDITORS),
    (permissions.may_change_urgently, OWN | EDITORS),
    (permissions.may_decide, EDITORS),
]


@pytest.mark.parametrize(("may", "who"), QUESTIONS, ids=[one[0].__name__ for one in QUESTIONS])
def test_question(may: Callable[[Person, Activity], bool], who: set[str]) -> None:
    assert allowed(make.submitted(), may) == who


@pytest.mark.parametrize("status", [workflow.REJECTED, workflow.WITHDRAWN])
def test_nobody_edits_what_is_over(status: str) -> None:
    assert allowed(make.activity(status=status), permissions.may_edit) == set()


def test_visible_to_is_the_twin_of_may_view() -> None:
    activity = make.submitted()
    make.submitted("Van een ander")
    for name, person in people(activity).items():
        seen = {row.pk for row in permissions.visible_to(person)}
        may = {row.pk for row in Activity.objects.all() if permissions.may_view(person, row)}
        assert seen == may, name


def test_city_role_without_second_factor_is_no_role() -> None:
    activity, editor = make.submitted(), make.editor()
    editor.has_weak_session = True  # type: ignore[misc]
    assert not permissions.may_decide(editor, activity)
    assert not permissions.may_view_desk(editor)


def sent_without_account(sender: User) -> Activity:
    activity = make.activity(sender=sender, sender_organisation="Koor")
    Activity.objects.update(organisation=None)
    activity.refresh_from_db()
    return activity


def test_sender_without_account_keeps_it_when_an_organisation_is_linked() -> None:
    sender, home = make.user(), make.organisation()
    activity = sent_without_account(sender)
    assert permissions.is_own(sender, activity)
    activity.organisation = home
    activity.save()
    assert permissions.is_own(sender, activity)
    assert activity in permissions.own_of(sender)
    home.status = "suspended"
    home.save()
    activity.refresh_from_db()
    assert not permissions.is_own(sender, activity)
    assert activity not in permissions.own_of(sender)


def test_member_who_left_owns_nothing_any_more() -> None:
    sender = make.user()
    activity = make.submitted(by=sender)
    assert permissions.is_own(sender, activity)
    assert activity.organisation
    activity.organisation.memberships.all().delete()
    assert not permissions.is_own(User.objects.get(pk=sender.pk), activity)


def test_holder_of_a_link_owns_only_what_nobody_else_does() -> None:
    activity = make.activity()
    assert not permissions.is_own(None, activity)
    Activity.objects.update(organisation=None)
    activity.refresh_from_db()
    assert permissions.is_own(None, activity)
