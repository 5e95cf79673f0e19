"""Serve the pages of this register, with a worker beside it that reads and makes files in the background. Stop with Ctrl+C."""

from __future__ import annotations

import argparse
import errno
import socket
import subprocess
import sys
from typing import Any

from goldthread.cli.ground import prepare
from goldthread.cli.screen import complain, err


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread serve``."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this computer only)")
    parser.add_argument("--port", type=port, default=8000, help="default: 8000")
    parser.add_argument(
        "--processes", type=int, choices=range(1, 65), metavar="NUMBER", default=2, help="server processes (default: 2)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop; status 2 where the port is taken."""
    if sentence := cannot_listen(arguments.host, arguments.port):
        return complain(sentence, 2)
    prepare()
    return serve(arguments.host, arguments.port, arguments.processes)


def port(text: str) -> int:
    """A port on the command line."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"“{text}” is not a port; choose a number from 1024 to 65535")
    return int(text)


def cannot_listen(host: str, port: int) -> str:
    """Why no server could listen there now, as one sentence with the remedy; empty where it could."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError:
        return f"Port {port} is for the system only; choose one from 1024, such as --port 8000."
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            other = port + 100 if port <= 65435 else port - 100
            return f"Port {port} is taken by another program; choose another with --port {other}."
        return f"{host} is no address of this computer; leave --host out, or give one that is."
    return ""


def gather_static() -> None:
    """Put the style sheets, scripts and fonts where the server takes them from; only what has changed is copied."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)


def _start_beside() -> list[subprocess.Popen[bytes]]:
    """What runs beside the server: the worker for what is asked for at once, and the clock for what comes again.

    The worker is silent (-v 0), because what goes wrong with a file stands on its page.
    """
    worker = ["manage", "db_worker", "-v", "0", "--interval", "0.5", "--no-reload"]
    program = [sys.executable, "-m", "goldthread.cli.main"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    # Our own interpreter and module, no shell.
    return [
        subprocess.Popen([*program, *words], **quiet)  # type: ignore[call-overload]  # noqa: S603
        for words in (worker, ["tick", "--keep-going"])
    ]


def serve(host: str, port: int, processes: int) -> int:
    """Run gunicorn here and a background worker in a process of its own, which ends with it."""
    gather_static()
    from django.db import connections
    from gunicorn.app.base import BaseApplication

    connections.close_all()  # the server's processes open their own

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn with our application and few settings."""

        def load_config(self) -> None:
            settings: dict[str, Any] = {
                "bind": f"{host}:{port}",
                "workers": processes,
                "threads": 4,
                "worker_class": "gthread",
                "timeout": 120,
                "graceful_timeout": 10,
                "accesslog": None,
                "loglevel": "warning",
                "proc_name": "goldthread",
                "control_socket_disable": True,
            }
            for name, value in settings.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            from django.core.servers.basehttp import get_internal_wsgi_application

            return get_internal_wsgi_application()  # what settings name: the roof is not called from here

    beside = _start_beside()
    err.print(f"Goldthread answers on http://{host}:{port}/ (stop with Ctrl+C).", markup=False)
    try:
        Server().run()
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        for process in beside:
            process.terminate()
        for process in beside:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
    return 0
