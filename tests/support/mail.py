"""A mail server of one's own: real SMTP on a free port, keeping what it is given; it can be closed and opened again."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from email.message import EmailMessage


class Sink:
    """Takes mail until it is closed. ``mails`` is what came in; ``refuse`` addresses are turned away for good."""

    def __init__(self, port: int = 0) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse: set[str] = set()
        self.server: socketserver.ThreadingTCPServer | None = None
        self.port = port
        self.open()

    def open(self) -> None:
        """Listen, on the same port as before."""
        sink = self

        class Talk(socketserver.StreamRequestHandler):
            """One conversation."""

            def handle(self) -> None:
                self._say("220 sink")
                to: list[str] = []
                while line := self.rfile.readline():
                    word = line.decode("ascii", "replace").strip()
                    if word.upper().startswith(("EHLO", "HELO")):
                        self._say("250 sink")
                    elif word.upper().startswith("RCPT TO:"):
                        address = word[8:].strip(" <>").lower()
                        if address in sink.refuse:
                            self._say("550 no such person")
                            continue
                        to.append(address)
                        self._say("250 ok")
                    elif word.upper() == "DATA":
                        self._say("354 go on")
                        sink.mails.append(self._read())
                        self._say("250 taken")
                    elif word.upper() == "QUIT":
                        self._say("221 bye")
                        return
                    else:
                        self._say("250 ok")

            def _say(self, words: str) -> None:
                self.wfile.write(f"{words}\r\n".encode())

            def _read(self) -> EmailMessage:
                lines = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line[1:] if line.startswith(b"..") else line)
                found = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                assert isinstance(found, EmailMessage)
                return found

        class Server(socketserver.ThreadingTCPServer):
            """Listens on this machine only."""

            allow_reuse_address = True
            daemon_threads = True

        self.server = Server(("127.0.0.1", self.port), Talk)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        """Be down."""
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def to(self, address: str) -> list[EmailMessage]:
        """What came in for an address."""
        return [mail for mail in self.mails if address in str(mail["To"])]


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())
