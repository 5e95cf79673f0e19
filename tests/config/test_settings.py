"""What every answer carries, and what the environment sets."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from django.db import connection

from tests.support.client import StrictClient

PROBE = """
import json
from django.conf import settings
print(json.dumps({"secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT],
    "hsts": settings.SECURE_HSTS_SECONDS, "providers": settings.SOCIALACCOUNT_PROVIDERS,
    "form_action": list(map(str, settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"]))}))
"""


def settings_with(**environment: str) -> dict:
    """Some settings as another environment makes them."""
    merged = os.environ | environment | {"DJANGO_SETTINGS_MODULE": "goldthread.config.settings"}
    done = subprocess.run([sys.executable, "-c", PROBE], env=merged, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_pages_allow_nothing_inline_and_no_framing(db: None) -> None:
    answer = StrictClient().get("/sign-in/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_behind_https_cookies_are_secure_and_the_browser_remembers() -> None:
    found = settings_with(GOLDTHREAD_HTTPS="true")
    assert found["secure"] == [True, True, True] and found["hsts"] >= 31_536_000


def test_single_sign_on_is_there_only_when_set_and_for_one_tenant() -> None:
    assert settings_with()["providers"] == {}
    issuer = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"
    found = settings_with(
        GOLDTHREAD_OIDC_ISSUER=issuer, GOLDTHREAD_OIDC_CLIENT_ID="id", GOLDTHREAD_OIDC_CLIENT_SECRET="secret"
    )
    (app,) = found["providers"]["openid_connect"]["APPS"]
    assert app["settings"]["server_url"] == issuer and app["client_id"] == "id"
    assert "https://login.microsoftonline.com" in found["form_action"]


def test_an_issuer_that_every_company_shares_is_refused() -> None:
    for shared in ("common", "organizations", "consumers"):
        merged = os.environ | {
            "GOLDTHREAD_OIDC_ISSUER": f"https://login.microsoftonline.com/{shared}/v2.0",
            "DJANGO_SETTINGS_MODULE": "goldthread.config.settings",
        }
        done = subprocess.run([sys.executable, "-c", PROBE], env=merged, capture_output=True, text=True, check=False)
        assert done.returncode != 0 and "names no tenant" in done.stderr


def test_nobody_waits_for_another_writer_for_ever(db: None, on_postgresql: bool) -> None:
    if not on_postgresql:
        assert connection.settings_dict["OPTIONS"]["timeout"] == 20
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("20s",)
