"""Reading within bounds: a child process with limits on memory and time does the work, whatever the file claims.

Run as ``python -m goldthread.reading.limits FILE NAME SECONDS MEGABYTES [COLUMNS]``: it prints one line of JSON per step on
standard output, ``{"progress": [done, total]}``, and at the end ``{"reading": …}`` or ``{"unreadable": "one
sentence"}``.
"""

from __future__ import annotations

import dataclasses
import json
import math
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from goldthread.reading.document import UnreadableFile
from goldthread.reading.reading import Leftover, Reading, ReadRecord

Progress = Callable[[int, int], None]
_ERRORS_KEPT = 4_000  # characters of a crash that are passed on


def read_in_child(
    path: str | Path,
    *,
    name: str | None = None,
    seconds: float = 60,
    megabytes: int = 512,
    columns: Mapping[str, str] | None = None,
    on_progress: Progress | None = None,
) -> Reading:
    """Read a file in a process of its own, for at most ``seconds`` of wall-clock and ``megabytes`` of memory.

    ``columns`` says what the columns of some headings hold (heading → role, see ``vocabulary.tell``). ``on_progress``
    is called with (done, total) as the reader goes on. Raises UnreadableFile as ``read_file`` does,
    and where the time or the memory is used up; RuntimeError where the reader itself fails (a fault of the program,
    not of the file). Where the system has no limits on memory (Windows), time alone is bounded.
    """
    path = Path(path)
    name = name or path.name
    command = [sys.executable, "-m", "goldthread.reading.limits", str(path), name, str(seconds), str(megabytes)]
    command.append(json.dumps(dict(columns or {})))
    child = subprocess.Popen(  # noqa: S603  no shell; the file's name is an argument of its own
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    errors: list[bytes] = []
    assert child.stdout is not None and child.stderr is not None
    listener = threading.Thread(target=_listen, args=(child.stderr, errors), daemon=True)
    listener.start()
    late = threading.Event()
    watch = threading.Timer(seconds, _stop, args=(child, late))
    watch.start()
    try:
        answer = _answer(child.stdout, on_progress)
        child.wait()
    finally:
        watch.cancel()
        if child.poll() is None:
            child.kill()
            child.wait()
        listener.join(timeout=5)
        child.stdout.close()
        child.stderr.close()
    if "reading" in answer:
        return from_plain(answer["reading"])
    raise _failure(answer, child.returncode, b"".join(errors), late.is_set(), (name, seconds, megabytes))


def _failure(
    answer: dict[str, Any], status: int, errors: bytes, late: bool, asked: tuple[str, float, int]
) -> UnreadableFile | RuntimeError:
    """Why there is no reading: the file's fault or, with what the child wrote, the program's."""
    name, seconds, megabytes = asked
    if "unreadable" in answer:
        return UnreadableFile(answer["unreadable"])
    if late or status in (-24, -9):  # SIGXCPU: the processor time is used up; SIGKILL: the system stopped it
        return UnreadableFile(
            f"{name} takes longer than {seconds:g} seconds to read: split it, or save a simpler copy."
        )
    if status < 0 or b"MemoryError" in errors or b"memory" in errors[-300:].lower():
        return UnreadableFile(_memory(name, megabytes))
    return RuntimeError(errors.decode("utf-8", "replace")[-_ERRORS_KEPT:] or f"the reader ended with status {status}")


def _memory(name: str, megabytes: int) -> str:
    return f"{name} needs more than {megabytes} MB of memory to read, or is damaged: split it, or save it again."


def _stop(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


def _listen(stream: IO[bytes], into: list[bytes]) -> None:
    """Keep the end of what a child writes, so that it never waits for a reader."""
    for line in stream:
        into.append(line)
        del into[:-60]


def _answer(stream: IO[bytes], on_progress: Progress | None) -> dict[str, Any]:
    for line in stream:
        try:
            message = json.loads(line)
        except ValueError:
            continue  # a line cut off when the child was stopped
        if "progress" not in message:
            return dict(message)
        if on_progress is not None:
            on_progress(*message["progress"])
    return {}


def to_plain(reading: Reading) -> dict[str, Any]:
    """A reading as plain dicts and lists that ``from_plain`` takes back."""
    return dataclasses.asdict(reading)


def from_plain(data: dict[str, Any]) -> Reading:
    """The reading that ``to_plain`` wrote down."""
    data = dict(data)
    data["records"] = [ReadRecord(**record) for record in data["records"]]
    data["furniture"] = [Leftover(**leftover) for leftover in data["furniture"]]
    data["unplaced"] = [Leftover(**leftover) for leftover in data["unplaced"]]
    return Reading(**data)


def bound(seconds: int, megabytes: int) -> None:
    """Bound this process. On systems without such limits the parent's clock alone holds."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, megabytes * 1024**2),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):  # a stricter limit holds already, or macOS refuses one on address space
            continue


def _print(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=True, default=str) + "\n")
    sys.stdout.flush()


def run(arguments: list[str]) -> int:
    """The child: read one file within the limits and print the answer. Gives the exit status."""
    path, name, megabytes = arguments[0], arguments[1], int(arguments[3])
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # each thread of a numeric library reserves address space
    bound(math.ceil(float(arguments[2])), megabytes)
    from goldthread.reading import read_file
    from goldthread.reading.vocabulary import tell

    tell(json.loads(arguments[4]) if len(arguments) > 4 else {})
    try:
        reading = read_file(path, name=name, on_progress=lambda done, total: _print({"progress": [done, total]}))
    except UnreadableFile as problem:
        _print({"unreadable": str(problem)})
        return 2
    except (MemoryError, SystemError):  # C code that gets no memory sometimes says only that something went wrong
        _print({"unreadable": _memory(name, megabytes)})
        return 2
    _print({"reading": to_plain(reading)})
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
