"""People: somebody with an e-mail address, and what they may do for the city."""

from typing import TYPE_CHECKING, Any

import pghistory
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from partners.models.vocabulary import City

if TYPE_CHECKING:
    from partners.models.organisation import Membership


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, **fields: Any) -> "User":
        """A user without a password: they sign in by a mailed code."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """The first administrator (`manage.py createsuperuser`) of the public city, which must be there."""
        user = self.create_user(email, **fields)
        CityRole.objects.create(user=user, city=City.objects.here(), role=CityRole.Role.ADMINISTRATOR)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who signs in, known by e-mail address."""

    email = models.EmailField(_("mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=120, blank=True)
    is_active = models.BooleanField(_("actief"), default=True)
    created_at = models.DateTimeField(_("sinds"), auto_now_add=True)
    session_epoch = models.PositiveIntegerField(_("keren overal uitgelogd"), default=0, editable=False)

    # What a request finds out once. Weak: its session lacks the second factor that a city role asks for.
    has_weak_session = False
    roles_read: list[str] | None = None
    memberships_read: "list[Membership] | None" = None

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

    @property
    def city_role_codes(self) -> frozenset[str]:
        """Roles in the public city, read once per user object."""
        if self.roles_read is None:
            self.roles_read = list(
                self.city_roles.filter(city__slug=settings.STAD).values_list("role", flat=True)
            )
        return frozenset(self.roles_read)

    @property
    def acting_roles(self) -> frozenset[str]:
        """The city roles that count now: none for a closed account or without the second factor."""
        return self.city_role_codes if self.is_active and not self.has_weak_session else frozenset()

    @property
    def needs_second_factor(self) -> bool:
        return not self.city_role_codes.isdisjoint(CityRole.WITH_SECOND_FACTOR)

    @property
    def is_staff(self) -> bool:
        """Django's admin is for administrators, and in it they may do everything."""
        return CityRole.Role.ADMINISTRATOR in self.acting_roles

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What each session of this user carries: once the epoch moves, all end at their next request."""
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac("partners.session", value, secret=secret, algorithm="sha256").hexdigest()


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
