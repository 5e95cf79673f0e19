"""Who can sign in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the name follows Django's interface."""

    def create_user(self, email: str, name: str = "", password: str | None = None, **extra: Any) -> User:
        """Make an account for an e-mail address; without a password only a code, link or single sign-on opens it."""
        user = self.model(email=self.normalize_email(email).lower(), name=name or email.partition("@")[0], **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account: an e-mail address and a name. What it may do stands in ``access.Grant``."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_once")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name shown beside what the person did."""
        return self.name


class SignInLink(models.Model):
    """A link that signs a person in once: only the hash of its token is kept; showing does nothing, posting spends."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sign_in_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    spent = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Sign-in link of {self.user}"
