"""Who a session belongs to: asked again at every request, so that a closed account is out at once."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from partners.models import User


class ActiveBackend(AuthenticationBackend):  # type: ignore[misc]
    """django-allauth's backend, for people who may hold a session."""

    def get_user(self, user_id: int) -> User | None:
        return User.objects.welcome().filter(pk=user_id).first()

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        return user is not None and User.objects.welcome().filter(pk=user.pk).exists()
