"""Who a session belongs to: asked again at every request, so that a closed account is out at once."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value

from partners.models import User


class ActiveBackend(AuthenticationBackend):  # type: ignore[misc]
    """django-allauth's backend; the user of a request comes with their city roles in one query."""

    def get_user(self, user_id: int) -> User | None:
        here = Q(city_roles__city__slug=settings.STAD)
        roles = ArrayAgg("city_roles__role", filter=here, default=Value([]))
        user = User.objects.annotate(roles_here=roles).filter(pk=user_id, is_active=True).first()
        if user:
            user.roles_read = user.roles_here
        return user
