"""Who may do what with people, organisations and venues; roles are read once per user object: per request."""

from django.contrib.auth.models import AnonymousUser

from partners.models import CityRole, User

Person = User | AnonymousUser | None


def city_roles(user: Person) -> frozenset[str]:
    """The city roles that count for this user now; none in a session without the second factor."""
    if not isinstance(user, User) or not user.is_active or user.has_weak_session:
        return frozenset()
    return _all_city_roles(user)


def needs_second_factor(user: User) -> bool:
    return user.is_staff or not _all_city_roles(user).isdisjoint(CityRole.WITH_SECOND_FACTOR)


def _all_city_roles(user: User) -> frozenset[str]:
    if "roles_read" not in user.__dict__:
        user.__dict__["roles_read"] = frozenset(user.city_roles.values_list("role", flat=True))
    return user.__dict__["roles_read"]
