"""Forms of sign-in, of one's own account, and of the people who have one."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as code_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms

from goldthread.commons.access.roles import all_roles, role_named
from goldthread.commons.access.terms import ScopeKind
from goldthread.commons.access.viewer import Scope, Viewer
from goldthread.web.forms import DayField
from goldthread.web.pages.accounts.scopes import BY_REFERENCE, chosen_scope, places, scope_of_reference

PASSWORD_HINT = "At least 12 characters. Three random words make a good one."  # noqa: S105


class Worded:
    """Gives the fields of another package's form our words: (label, hint, what to say when it is empty)."""

    words: ClassVar[dict[str, tuple[str, str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint, empty) in self.words.items():
            field = self.fields[name]  # type: ignore[attr-defined]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = empty
            field.widget.attrs.pop("placeholder", None)


ADDRESS = ("E-mail address", "", "Enter your e-mail address")
CODE = ("Code", "", "Enter the code")


class SignInForm(Worded, account_forms.LoginForm):
    """E-mail address and password."""

    words: ClassVar = {"login": ADDRESS, "password": ("Password", "", "Enter your password")}


class CodeRequestForm(Worded, account_forms.RequestLoginCodeForm):
    """The address to which a code goes."""

    words: ClassVar = {"email": ADDRESS}


class CodeForm(Worded, account_forms.ConfirmLoginCodeForm):
    """The code from the message."""

    words: ClassVar = {"code": CODE}


class ForgottenForm(Worded, account_forms.ResetPasswordForm):
    """The address to which the link for a new password goes."""

    words: ClassVar = {"email": ADDRESS}


NEW_PASSWORD = {
    "password1": ("New password", PASSWORD_HINT, "Enter a new password"),
    "password2": ("New password again", "", "Enter the new password again"),
}


class NewPasswordForm(Worded, account_forms.ResetPasswordKeyForm):
    """A new password in place of a forgotten one."""

    words: ClassVar = NEW_PASSWORD


class SetPasswordForm(Worded, account_forms.SetPasswordForm):
    """A first password."""

    words: ClassVar = NEW_PASSWORD


class ChangePasswordForm(Worded, account_forms.ChangePasswordForm):
    """A new password, after the present one."""

    words: ClassVar = {"oldpassword": ("Present password", "", "Enter your present password"), **NEW_PASSWORD}


class ConfirmPasswordForm(Worded, account_forms.ReauthenticateForm):
    """The password again, before something sensitive."""

    words: ClassVar = {"password": ("Password", "", "Enter your password")}


SECOND = ("Code", "From your authenticator app, or one of your recovery codes", "Enter the code")


class SecondStepForm(Worded, code_forms.AuthenticateForm):
    """The code of the second step."""

    words: ClassVar = {"code": SECOND}


class ConfirmCodeForm(Worded, code_forms.ReauthenticateForm):
    """The code of the second step again, before something sensitive."""

    words: ClassVar = {"code": SECOND}


class TurnOnForm(Worded, totp_forms.ActivateTOTPForm):
    """The first code that the app shows."""

    words: ClassVar = {"code": ("Code that the app shows", "Six digits", "Enter the code that the app shows")}

    @property
    def secret_in_fours(self) -> str:
        """The key in groups of four, as people copy it; apps ignore the spaces."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


class ReasonForm(forms.Form):
    """Why: every change to an account is kept with its reason."""

    reason = forms.CharField(
        label="Why", max_length=1000, widget=forms.TextInput, error_messages={"required": "Say why: it is kept"}
    )


class EndRoleForm(forms.Form):
    """When a role ends, and why."""

    last_day = DayField(label="Last day", required=False, help_text="Leave it empty to end the role at once.")
    reason = ReasonForm.base_fields["reason"]


class RoleForm(forms.Form):
    """A role, and where it is held."""

    role = forms.ChoiceField(
        label="Role", widget=forms.RadioSelect, error_messages={"required": "Choose a role"}, choices=()
    )
    place = forms.ChoiceField(label="Where", error_messages={"required": "Choose where the role is held"}, choices=())
    reference = forms.CharField(
        label="Reference", required=False, max_length=30, help_text="Only for a plan, review or item, such as IP-012"
    )
    last_day = DayField(
        label="Last day",
        required=False,
        help_text="Where it is known: an inspector’s visit, an interim post. Else leave it empty.",
    )
    reason = forms.CharField(
        label="Why", max_length=1000, widget=forms.TextInput, error_messages={"required": "Say why: it is kept"}
    )

    scope: Scope

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [role for role in all_roles().values() if role.scopes]
        self.fields["role"].choices = [(role.key, f"{role.name}: {role.description}") for role in roles]  # type: ignore[attr-defined]
        self.fields["place"].choices = places(viewer=viewer)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Sets ``scope``; tells which places the role can be held for when this one is none of them."""
        data = super().clean() or {}
        if "place" not in data:
            return data
        scope = self._scope(data["place"], data.get("reference", ""))
        role = role_named(data.get("role", ""))
        if scope is not None and role is not None and scope.kind not in role.scopes:
            where = ", ".join(ScopeKind(kind).label.lower() for kind in role.scopes)
            self.add_error("place", f"The role {role.name.lower()} is held for: {where}")
        elif scope is not None:
            self.scope = scope
        return data

    def _scope(self, place: str, reference: str) -> Scope | None:
        if place != BY_REFERENCE:
            return chosen_scope(place)
        if not reference:
            self.add_error("reference", "Enter the reference of the plan, review or item")
            return None
        scope = scope_of_reference(reference)
        if scope is None:
            self.add_error("reference", f"There is no {reference}: check the reference")
        return scope


class HolderForm(forms.Form):
    """Who somebody who signs in is in the organisation."""

    name = forms.CharField(
        label="Name in the organisation",
        max_length=200,
        help_text="As it stands beside the post or office that they hold, or the body that they sit on.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter the name"},
    )
    reason = forms.CharField(
        label="Why", max_length=1000, widget=forms.TextInput, error_messages={"required": "Say why: it is kept"}
    )


class PersonForm(forms.Form):
    """A person to add."""

    name = forms.CharField(
        label="Name",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter the person's name"},
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="Sign-in codes go there. It cannot be changed later.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Enter the person's e-mail address",
            "invalid": "Enter an e-mail address in the right form, such as name@example.gov.uk",
        },
    )
    reason = forms.CharField(
        label="Why", max_length=1000, widget=forms.TextInput, error_messages={"required": "Say why: it is kept"}
    )
