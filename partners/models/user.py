"""People: somebody with an e-mail address, and what they may do for the city."""

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from partners.models.vocabulary import City


class UserQuerySet(models.QuerySet["User"]):
    def welcome(self) -> "UserQuerySet":
        """Those who may hold a session: active, and not only a member of organisations that are suspended."""
        not_only_suspended = Q(memberships=None) | Q(
            memberships__organisation__status__in=["applied", "active", "merged"]
        )
        return self.filter(
            Q(is_staff=True) | Q(city_roles__isnull=False) | not_only_suspended, is_active=True
        ).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, **fields: Any) -> "User":
        """A user without a password: they sign in by a mailed code."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, is_superuser=True, is_staff=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in, known by e-mail address."""

    email = models.EmailField(_("mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=120, blank=True)
    is_active = models.BooleanField(_("actief"), default=True)
    is_staff = models.BooleanField(_("mag in het beheer"), default=False)
    created_at = models.DateTimeField(_("sinds"), auto_now_add=True)

    has_weak_session: ClassVar[bool] = False
    """True on the user of a request whose session lacks the second factor that their city role asks for."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = UserManager()

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name


@pghistory.track()
class CityRole(models.Model):
    """What somebody does for the city: editor, broker, culture base, administrator."""

    class Role(models.TextChoices):
        EDITOR = "editor", _("redactie")
        BROKER = "broker", _("cultuurmakelaar")
        CULTURE_BASE = "culture_base", _("culturele basis")
        ADMINISTRATOR = "administrator", _("beheer")

    WITH_SECOND_FACTOR = (Role.EDITOR, Role.BROKER, Role.ADMINISTRATOR)

    user = models.ForeignKey(User, models.CASCADE, related_name="city_roles", verbose_name=_("gebruiker"))
    city = models.ForeignKey(City, models.CASCADE, related_name="roles", verbose_name=_("stad"))
    role = models.CharField(_("rol"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("rol voor de stad")
        verbose_name_plural = _("rollen voor de stad")
        constraints = [models.UniqueConstraint(fields=["user", "city", "role"], name="city_role_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
