"""Single sign-on: the council's own service opens accounts that exist, and makes none."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from django.core.cache import cache

from goldthread.commons.accounts.actions import create_account
from goldthread.commons.accounts.adapter import SingleSignOnAdapter
from goldthread.commons.accounts.models import User
from tests.support.client import StrictClient

ISSUER = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"


class Service(requests.Session):
    """A sign-in service that answers as the standard says."""

    def __init__(self) -> None:
        super().__init__()
        self.claims: dict[str, Any] = {}
        self.down = False

    def request(self, method: str, url: str, **options: Any) -> requests.Response:  # type: ignore[override]
        """The discovery document, or the token."""
        if self.down:
            raise requests.ConnectionError("no answer")
        if url.endswith("/openid-configuration"):
            return answer(
                {
                    "issuer": ISSUER,
                    "authorization_endpoint": "https://login.microsoftonline.com/authorize",
                    "token_endpoint": "https://login.microsoftonline.com/token",
                    "jwks_uri": "https://login.microsoftonline.com/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        base = {"iss": ISSUER, "aud": "app", "exp": time.time() + 600, "sub": "person-1"}
        token = jwt.encode(base | self.claims, "a key that is long enough for this use", algorithm="HS256")
        return answer({"access_token": "token", "id_token": token, "token_type": "Bearer", "expires_in": 600})


def answer(content: dict[str, Any]) -> requests.Response:
    """An answer in JSON."""
    made = requests.Response()
    made.status_code, made._content = 200, json.dumps(content).encode()
    made.headers["content-type"] = "application/json"
    return made


@pytest.fixture
def service(settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> Service:
    """The settings of a council with single sign-on, and its service."""
    cache.clear()
    app = {
        "provider_id": "council",
        "name": "Microsoft",
        "client_id": "app",
        "secret": "secret",
        "settings": {
            "server_url": ISSUER,
            "fetch_userinfo": False,
            "verified_email": True,
            "email_authentication": True,
        },
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    made = Service()
    monkeypatch.setattr(SingleSignOnAdapter, "get_requests_session", lambda self: made)
    return made


def sign_in(client: StrictClient) -> Any:
    """Press the button, come back from the service, and give the last page."""
    assert "Sign in with Microsoft" in client.get("/sign-in/").content.decode()
    sent = client.post("/sign-in/with/council/?process=login")
    question = parse_qs(urlsplit(sent["Location"]).query)
    assert sent["Location"].startswith("https://login.microsoftonline.com/authorize?")
    assert question["redirect_uri"] == ["http://testserver/sign-in/with/council/back/"]
    assert question["code_challenge_method"] == ["S256"]
    return client.get("/sign-in/with/council/back/", {"code": "code", "state": question["state"][0]}, follow=True)


def test_it_opens_the_account_with_the_same_address(service: Service, person_for: Callable[..., User]) -> None:
    nell = create_account(email="nell@fernleigh.example", name="Nell", by=person_for("administrator"), reason="New")
    service.claims = {"email": "Nell@fernleigh.example", "name": "Nell Hardy"}
    client = StrictClient()
    sign_in(client)
    assert client.session["_auth_user_id"] == str(nell.pk)
    assert StrictClient().get("/sign-in/with/council/").status_code == 200


def test_it_makes_no_account(service: Service) -> None:
    service.claims = {"email": "stranger@fernleigh.example", "name": "Stranger"}
    client = StrictClient()
    page = sign_in(client)
    assert "There is no account for you yet" in page.content.decode()
    assert "_auth_user_id" not in client.session and not User.objects.exists()


@pytest.mark.parametrize("wrong", [{"aud": "another app"}, {"iss": "https://elsewhere.example"}, {"exp": 1}])
def test_a_token_for_others_or_of_others_or_of_yesterday_is_refused(
    service: Service, person_for: Callable[..., User], wrong: dict[str, Any]
) -> None:
    create_account(email="nell@fernleigh.example", name="Nell", by=person_for("administrator"), reason="New")
    service.claims = {"email": "nell@fernleigh.example"} | wrong
    client = StrictClient()
    assert "Sign-in did not work" in sign_in(client).content.decode()
    assert "_auth_user_id" not in client.session


def test_an_answer_nobody_asked_for_is_refused(service: Service) -> None:
    page = StrictClient().get("/sign-in/with/council/back/?code=code&state=forged")
    assert "Sign-in did not work" in page.content.decode()


def test_a_service_that_does_not_answer_is_said_so(service: Service) -> None:
    service.down = True
    page = StrictClient().post("/sign-in/with/council/?process=login")
    assert "Sign-in did not work" in page.content.decode()


def test_without_settings_there_is_none(db: None) -> None:
    assert StrictClient().get("/sign-in/with/council/").status_code == 404
    assert "Microsoft" not in StrictClient().get("/sign-in/").content.decode()
