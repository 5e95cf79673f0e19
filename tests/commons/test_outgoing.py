"""Calling out: checked addresses only."""

from __future__ import annotations

import socket
from io import BytesIO
from typing import Any

import pytest
import requests

from goldthread.commons.outgoing import RefusedAddress, checked_address, outgoing_session


def resolving_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Make every name lead to some addresses; gives the list of names that were asked for."""
    asked: list[str] = []

    def answer(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr("goldthread.commons.outgoing.socket.getaddrinfo", answer)
    return asked


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_addresses_inside_are_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    resolving_to(monkeypatch, address)
    with pytest.raises(RefusedAddress, match="not on the public internet"):
        checked_address("login.example", 443)


def test_one_inner_address_among_several_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving_to(monkeypatch, "93.184.216.34", "10.0.0.1")
    with pytest.raises(RefusedAddress):
        checked_address("login.example", 443)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = resolving_to(monkeypatch, "93.184.216.34")
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    connected: list[Any] = []

    def connect(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
        connected.append(address)
        raise OSError("no network in a test")

    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    with pytest.raises(requests.ConnectionError):
        outgoing_session().get("https://login.example/.well-known/openid-configuration")
    assert asked == ["login.example"] and connected == [("93.184.216.34", 443)]


def test_nothing_goes_out_unencrypted_and_no_redirect_is_followed() -> None:
    session = outgoing_session()
    with pytest.raises(RefusedAddress, match="without HTTPS"):
        session.get("http://login.example/")
    asked = requests.Request("GET", "https://login.example/").prepare()
    redirect = requests.Response()
    redirect.status_code, redirect.url, redirect.request = 302, "https://login.example/", asked
    redirect.headers["Location"], redirect._content = "https://elsewhere.example/", b""
    redirect.raw = BytesIO()
    with pytest.raises(requests.TooManyRedirects):
        next(session.resolve_redirects(redirect, asked))
