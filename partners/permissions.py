"""Who may do what with people, organisations and venues."""

from django.contrib.auth.models import AnonymousUser

from partners.models import CityRole, Membership, Organisation, OrganisationKind, User, Venue

Person = User | AnonymousUser | None
Role = CityRole.Role


def acting_roles(user: Person) -> frozenset[str]:
    """City roles that count now; none without a session or second factor, or for a closed account."""
    return user.acting_roles if isinstance(user, User) else frozenset()


def is_editor(user: Person) -> bool:
    """Editors, and administrators, who may do what editors do."""
    return not acting_roles(user).isdisjoint({Role.EDITOR, Role.ADMINISTRATOR})


def is_broker(user: Person) -> bool:
    return Role.BROKER in acting_roles(user)


def is_culture_base(user: Person) -> bool:
    return Role.CULTURE_BASE in acting_roles(user)


def is_administrator(user: Person) -> bool:
    return Role.ADMINISTRATOR in acting_roles(user)


def memberships_of(user: Person) -> dict[int, Membership]:
    """Memberships by organisation, read once per user object; a suspended or merged one does not count."""
    if not isinstance(user, User) or not user.is_active:
        return {}
    if user.memberships_read is None:
        live = user.memberships.filter(organisation__status__in=Organisation.OPEN)
        user.memberships_read = list(live.select_related("organisation__kind"))
    return {membership.organisation_id: membership for membership in user.memberships_read}


def organisations_of(user: Person) -> list[Organisation]:
    return [membership.organisation for membership in memberships_of(user).values()]


def is_member(user: Person, organisation: Organisation | None) -> bool:
    return organisation is not None and organisation.pk in memberships_of(user)


def is_owner(user: Person, organisation: Organisation) -> bool:
    membership = memberships_of(user).get(organisation.pk)
    return membership is not None and membership.role == Membership.Role.OWNER


def is_business(user: Person) -> bool:
    """A member of a company: the broker's other half of the network."""
    return any(
        organisation.kind is not None and organisation.kind.part == OrganisationKind.Part.BUSINESS
        for organisation in organisations_of(user)
    )


# --- organisations
def may_view_organisation(user: Person, organisation: Organisation) -> bool:
    """Its own desk: what is not public of it."""
    return is_editor(user) or is_member(user, organisation)


def may_edit_organisation(user: Person, organisation: Organisation) -> bool:
    return is_editor(user) or is_owner(user, organisation)


def may_invite_member(user: Person, organisation: Organisation) -> bool:
    return may_edit_organisation(user, organisation)


def may_change_members(user: Person, organisation: Organisation) -> bool:
    """Change a role or take somebody out."""
    return is_administrator(user) or is_owner(user, organisation)


def may_leave(user: Person, membership: Membership) -> bool:
    """One's own membership."""
    return isinstance(user, User) and user.is_active and membership.user_id == user.pk


def may_see_members(user: Person, organisation: Organisation) -> bool:
    """The list with mail addresses."""
    return is_editor(user) or is_member(user, organisation)


def may_moderate_organisations(user: Person) -> bool:
    """Accept, suspend, restore, merge, trust."""
    return is_editor(user)


def may_manage_spaces(user: Person, organisation: Organisation) -> bool:
    """Say what room it offers or needs."""
    return may_view_organisation(user, organisation)


def may_see_spaces(user: Person) -> bool:
    """What all organisations offer and need: members of one that was let in, editors, the broker."""
    takes_part = any(one.status == Organisation.Status.ACTIVE for one in organisations_of(user))
    return is_editor(user) or is_broker(user) or takes_part


# --- venues
def may_edit_venue(user: Person, venue: Venue | None = None) -> bool:
    return is_editor(user)


def may_propose_venue(user: Person) -> bool:
    """A place that is not here yet: the city's people, and members of whoever makes culture."""
    parts = {OrganisationKind.Part.SCHOOL, OrganisationKind.Part.BUSINESS}
    makes = any(one.kind is None or one.kind.part not in parts for one in organisations_of(user))
    return bool(acting_roles(user)) or makes


def may_propose_change(user: Person, venue: Venue) -> bool:
    """Other words about a place, its rooms or how to get in: who keeps it knows best."""
    return may_edit_venue(user, venue) or is_member(user, venue.organisation)


# --- accounts
def may_manage_accounts(user: Person) -> bool:
    """See, close and list other people's accounts."""
    return is_administrator(user)
