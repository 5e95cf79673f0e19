"""Ways in: code, password, second step, one-time link; and nobody else."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache

from goldthread.commons.accounts.actions import (
    close_account,
    create_account,
    local_user,
    make_sign_in_link,
    sign_in_url,
    spend_sign_in_link,
)
from goldthread.commons.accounts.adapter import SecondStepAdapter
from goldthread.commons.accounts.models import SignInLink, User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.kernel.clock import LONDON, fixed_at
from tests.support.client import StrictClient

PASSWORD = "lantern ferry oatmeal"


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    """Forget the attempts of other tests: they are counted in the cache."""
    cache.clear()


@pytest.fixture
def client(db: None) -> StrictClient:
    """Somebody who is not signed in."""
    return StrictClient()


@pytest.fixture
def nell(person_for: Callable[..., User]) -> User:
    """A person with an account, made by an administrator."""
    by = person_for("administrator")
    return create_account(email="Nell@Fernleigh.example", name="Nell Hardy", by=by, reason="New")


def signed_in_as(client: StrictClient) -> str | None:
    """The id of who is signed in."""
    return client.session.get("_auth_user_id")


# By link


def test_opening_a_link_spends_nothing_and_the_button_signs_in_once(client: StrictClient, nell: User) -> None:
    path = sign_in_url(nell, "http://testserver").removeprefix("http://testserver")
    for _ in range(2):
        page = client.get(path)
        assert page.status_code == 200 and "Sign in as Nell Hardy" in page.content.decode()
    assert signed_in_as(client) is None
    answer = client.post(path)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert signed_in_as(client) == str(nell.pk)
    again = StrictClient()
    used = again.post(path)
    assert used.status_code == 410 and "This link does not work" in used.content.decode()
    assert signed_in_as(again) is None


def test_a_link_starts_a_new_session(client: StrictClient, nell: User) -> None:
    session = client.session
    session["left behind"] = "by somebody"
    session.save()
    before = session.session_key
    client.post(f"/sign-in/link/{make_sign_in_link(nell)}/")
    assert client.session.session_key != before and "left behind" not in client.session
    assert not Session.objects.filter(session_key=before).exists()


def test_forged_and_expired_links_and_those_of_closed_accounts_do_not_work(client: StrictClient, nell: User) -> None:
    late = make_sign_in_link(nell, hours=1)
    closed = make_sign_in_link(nell)
    with fixed_at(datetime.now(LONDON) + timedelta(hours=2)):
        assert client.get(f"/sign-in/link/{late}/").status_code == 410
        assert client.post(f"/sign-in/link/{late}/").status_code == 410
    assert client.post(f"/sign-in/link/{late[:-1]}x/").status_code == 410
    User.objects.filter(pk=nell.pk).update(is_active=False)
    assert client.post(f"/sign-in/link/{closed}/").status_code == 410
    assert signed_in_as(client) is None


def test_only_the_hash_of_a_link_is_kept(nell: User) -> None:
    token = make_sign_in_link(nell)
    row = SignInLink.objects.get()
    assert token not in str(row.__dict__) and len(row.token_hash) == 64
    assert spend_sign_in_link(token) == nell
    with pytest.raises(Refused, match="does not work"):
        spend_sign_in_link(token)


# By code


def test_a_code_by_e_mail_signs_in(client: StrictClient, nell: User) -> None:
    client.get("/sign-in/code/")
    answer = client.post("/sign-in/code/", {"email": "nell@fernleigh.example"})
    assert answer["Location"] == "/sign-in/code/enter/"
    page = client.get(answer["Location"]).content.decode()
    assert "nell@fernleigh.example" in page
    wrong = client.post("/sign-in/code/enter/", {"code": "WRONG1"})
    assert "The code is not right" in wrong.content.decode()
    (message,) = mail.outbox
    code = re.search(r"^[A-Z0-9]{3,}-?[A-Z0-9]{3,}$", message.body, re.MULTILINE)
    assert code is not None, message.body
    client.post("/sign-in/code/enter/", {"code": code.group()})
    assert signed_in_as(client) == str(nell.pk)


def test_an_unknown_address_looks_the_same_and_gets_no_message(client: StrictClient, nell: User) -> None:
    known = client.post("/sign-in/code/", {"email": "nell@fernleigh.example"})
    mail.outbox.clear()
    stranger = StrictClient()
    unknown = stranger.post("/sign-in/code/", {"email": "nobody@fernleigh.example"})
    assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])
    assert "nobody@fernleigh.example" in stranger.get(unknown["Location"]).content.decode()
    assert mail.outbox == []


# By password


def test_a_password_is_set_on_ones_own_account_and_then_signs_in(client: StrictClient, nell: User) -> None:
    client.post(f"/sign-in/link/{make_sign_in_link(nell)}/")
    assert "None: you sign in with a code" in client.get("/account/").content.decode()
    client.get("/account/password/set/")
    weak = client.post("/account/password/set/", {"password1": "short", "password2": "short"})
    assert "There is a problem" in weak.content.decode()
    answer = client.post("/account/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert answer["Location"] == "/account/"
    assert "Set" in client.get("/account/").content.decode()
    client.get("/sign-out/")
    client.post("/sign-out/")
    assert signed_in_as(client) is None
    wrong = client.post("/sign-in/", {"login": "nell@fernleigh.example", "password": "wrong wrong wrong"})
    assert "The e-mail address or the password is not right" in wrong.content.decode()
    client.post("/sign-in/", {"login": "nell@fernleigh.example", "password": PASSWORD})
    assert signed_in_as(client) == str(nell.pk)


def test_after_five_wrong_passwords_the_right_one_waits(client: StrictClient, nell: User) -> None:
    nell.set_password(PASSWORD)
    nell.save()
    for _ in range(5):
        client.post("/sign-in/", {"login": nell.email, "password": "wrong wrong wrong"})
    page = client.post("/sign-in/", {"login": nell.email, "password": PASSWORD})
    assert "Too many attempts" in page.content.decode() and signed_in_as(client) is None


def test_a_forgotten_password_is_replaced_through_a_link(client: StrictClient, nell: User) -> None:
    nell.set_password("something else entirely")
    nell.save()
    client.get("/password/forgotten/")
    client.get(client.post("/password/forgotten/", {"email": nell.email})["Location"])
    link = re.search(r"http://testserver(/password/new/\S+)", mail.outbox[0].body)
    assert link is not None
    form = client.get(link.group(1), follow=True)
    assert "Choose a new password" in form.content.decode()
    path = form.redirect_chain[-1][0]
    done = client.post(path, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert "Password changed" in done.content.decode()
    client.post("/sign-in/", {"login": nell.email, "password": PASSWORD})
    assert signed_in_as(client) == str(nell.pk)
    assert "This link does not work" in StrictClient().get(link.group(1), follow=True).content.decode()


# The second step


def current_code(secret: str) -> str:
    """What an authenticator app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()), int(time.time()) // 30)
    return f"{hotp_value(secret, counter):06d}"


def test_the_second_step_is_turned_on_asked_for_and_turned_off(client: StrictClient, nell: User) -> None:
    nell.set_password(PASSWORD)
    nell.save()
    client.post("/sign-in/", {"login": nell.email, "password": PASSWORD})
    client.get("/account/second-step/")
    asked = client.get("/account/second-step/on/", follow=True)
    assert "Confirm that it is you" in asked.content.decode()
    page = client.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = re.search(r"Key: <strong>([\w ]+)</strong>", page.content.decode())
    assert secret is not None
    assert "The code is not right" in client.post("/account/second-step/on/", {"code": "000000"}).content.decode()
    codes = client.post(
        "/account/second-step/on/", {"code": current_code(secret.group(1).replace(" ", ""))}, follow=True
    )
    recovery = re.findall(r"<code>(\w+)</code>", codes.content.decode())
    assert len(recovery) == 10
    assert "You have 10 recovery codes left" in client.get("/account/second-step/").content.decode()
    client.get("/account/recovery-codes/new/")

    other = StrictClient()
    step = other.post("/sign-in/", {"login": nell.email, "password": PASSWORD}, follow=True)
    assert "Second step" in step.content.decode() and signed_in_as(other) is None
    other.post("/sign-in/second-step/", {"code": recovery[0]})
    assert signed_in_as(other) == str(nell.pk)

    client.get("/account/second-step/off/")
    client.post("/account/second-step/off/")
    assert not Authenticator.objects.filter(user=nell, type=Authenticator.Type.TOTP).exists()


def test_the_secret_of_an_app_is_not_readable_in_the_database(nell: User) -> None:
    secret = generate_totp_secret()
    kept = SecondStepAdapter().encrypt(secret)
    assert secret not in kept and SecondStepAdapter().decrypt(kept) == secret


def test_a_former_secret_key_still_opens_second_steps(nell: User, settings: object) -> None:
    kept = SecondStepAdapter().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another one"  # type: ignore[attr-defined]
    assert SecondStepAdapter().decrypt(kept) == "JBSWY3DPEHPK3PXP"


# Nobody else


def test_nobody_signs_themselves_up(client: StrictClient) -> None:
    for path in ("/signup/", "/sign-up/", "/accounts/signup/", "/sign-in/signup/"):
        assert client.get(path).status_code == 404
    assert "An administrator at your council adds people" in client.get("/sign-in/").content.decode()


def test_a_closed_account_does_not_sign_in(client: StrictClient, nell: User, person_for: Callable[..., User]) -> None:
    nell.set_password(PASSWORD)
    nell.save()
    client.post("/sign-in/", {"login": nell.email, "password": PASSWORD})
    close_account(user=nell, by=person_for("administrator"), reason="Left")
    assert client.get("/account/")["Location"].startswith("/sign-in/")
    other = StrictClient()
    other.post("/sign-in/", {"login": nell.email, "password": PASSWORD}, follow=True)
    assert signed_in_as(other) is None


def test_signing_in_leads_nowhere_else(client: StrictClient, nell: User) -> None:
    nell.set_password(PASSWORD)
    nell.save()
    answer = client.post("/sign-in/", {"login": nell.email, "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_the_session_ends_with_the_browser_and_after_twelve_hours(client: StrictClient, nell: User) -> None:
    answer = client.post(f"/sign-in/link/{make_sign_in_link(nell)}/")
    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["max-age"] and not cookie["expires"]
    lasts = Session.objects.get(session_key=client.session.session_key).expire_date - datetime.now(LONDON)
    assert timedelta(hours=11, minutes=59) < lasts <= timedelta(hours=12)


# Accounts that commands make


def test_the_local_person_is_made_once_and_holds_what_commands_need(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "Ann O'Brien")
    person = local_user()
    assert (person.name, person.email) == ("Ann O'Brien", "ann-o-brien@localhost")
    assert local_user() == person
    assert sorted(person.grants.values_list("role", flat=True)) == ["administrator", "coordinator"]
    assert not person.has_usable_password()


def test_accounts_are_made_by_administrators_only(person_for: Callable[..., User]) -> None:
    with pytest.raises(NotAllowed):
        create_account(email="new@fernleigh.example", name="New", by=person_for("executive"))
    with pytest.raises(Refused, match="accounts already"):
        create_account(email="new@fernleigh.example", name="New", by=None)
    administrator = person_for("administrator")
    for email, name, said in (
        ("no address", "New", "in the right form"),
        ("ADMINISTRATOR@fernleigh.example", "Twin", "has an account already"),
        ("new@fernleigh.example", " ", "Enter the person's name"),
    ):
        with pytest.raises(Refused, match=said):
            create_account(email=email, name=name, by=administrator)
    with pytest.raises(Refused, match="your own account"):
        close_account(user=administrator, by=administrator, reason="Tired")
