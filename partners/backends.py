"""Who a session belongs to: asked again at every request, so that a closed account is out at once."""

from allauth.account.auth_backends import AuthenticationBackend

from partners.models import User


class ActiveBackend(AuthenticationBackend):  # type: ignore[misc]
    """django-allauth's backend; the user of a request comes with their city roles in one query."""

    def get_user(self, user_id: int) -> User | None:
        return User.objects.with_city_roles().filter(pk=user_id, is_active=True).first()
