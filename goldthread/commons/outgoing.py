"""Calling out over HTTPS: the only door for it.

The name is resolved once and the connection goes to the address that was checked, so that a second answer of the name
server cannot lead elsewhere; private, link-local, loopback and mapped addresses are refused; no redirect is followed.
Where the machine calls out through a proxy, the proxy resolves, and decides where one may go.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import select_proxy

TIMEOUT = 10
"""Seconds to wait for a connection, and for each piece of an answer."""


class RefusedAddress(requests.RequestException):
    """The address is one that nobody calls from here; the message is one sentence."""


def outgoing_session() -> requests.Session:
    """A session for calling other systems: HTTPS only, checked addresses, no redirects, a timeout on everything.

    Its calls raise ``requests.RequestException``, RefusedAddress among them.
    """
    session = requests.Session()
    session.max_redirects = 0
    session.mount("https://", _CheckedAdapter())
    session.mount("http://", _NoPlainText())
    return session


def checked_address(host: str, port: int) -> str:
    """The address of a host, checked; its name is asked for once. Raises RefusedAddress."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedAddress(f"There is no address for {host}: check the name and the network.") from error
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    # One refused address among several is enough: which of them is called would be a matter of luck.
    for address in addresses:
        if not is_public(address):
            raise RefusedAddress(f"{host} leads to {address}, which is not on the public internet: it is not called.")
    return str(addresses[0])


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is on the public internet, and carries no other address inside it."""
    if isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped is not None
        or address.sixtofour is not None
        or address.teredo is not None
        or address in ipaddress.ip_network("64:ff9b::/96")
    ):
        return False
    return address.is_global and not address.is_multicast


class _CheckedAdapter(HTTPAdapter):
    """Connects to the address that was checked, under the name that was asked for."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send with a timeout, and with the name in the Host header, for the connection knows only the address."""
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = TIMEOUT
        self._proxied = bool(select_proxy(request.url or "", kwargs.get("proxies")))
        if not self._proxied:
            request.headers["Host"] = urlsplit(request.url or "").netloc.rpartition("@")[2]
        return super().send(request, *args, **kwargs)

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The checked address to connect to, and the name that the certificate must carry."""
        where, how = super().build_connection_pool_key_attributes(request, verify, cert)
        if not self._proxied:
            name = str(where["host"]).strip("[]")
            where["host"] = checked_address(name, where["port"] or 443)
            how["server_hostname"] = how["assert_hostname"] = name
        return where, how


class _NoPlainText(HTTPAdapter):
    """Nothing is sent unencrypted."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Mapping[str, Any]) -> requests.Response:
        """Raises RefusedAddress."""
        raise RefusedAddress(
            f"{urlsplit(request.url or '').hostname} is not called without HTTPS: give an https address."
        )
