"""Programs that the tests start: each works in a folder of the session, and whoever works there belongs to us."""

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

Seen = TypeVar("Seen")


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def eventually(what: str, seconds: float, look: Callable[[], Seen | None], every: float = 0.25) -> Seen:
    """Looks until there is something to see."""
    end = time.monotonic() + seconds
    while True:
        seen = look()
        if seen is not None:
            return seen
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds:g} s: {what}")
        time.sleep(every)


def start(
    name: str, argv: Sequence[str | Path], folder: Path, env: Mapping[str, str], user: str | None = None
) -> "subprocess.Popen[bytes]":
    """Starts a program that works in the folder, as another user where that is asked for."""
    with (folder / f"{name}.log").open("ab") as log:
        return subprocess.Popen(
            argv,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=user,
            group=None if user is None else pwd.getpwnam(user).pw_gid,
            extra_groups=None if user is None else [],
        )


def those_in(folder: Path) -> list[int]:
    """The processes that work in the folder or below, whatever they call themselves."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                where = (entry / "cwd").readlink()
            except OSError:
                continue  # it has ended, or it is not ours
            if where.is_relative_to(folder):
                found.append(int(entry.name))
    return found


def end(folder: Path, how: signal.Signals, patience: float = 10) -> None:
    """Ends all processes that work in the folder; those that do not heed are killed."""
    deadline = time.monotonic() + patience
    while left := those_in(folder):
        if time.monotonic() > deadline:
            how = signal.SIGKILL
        for pid in left:
            try:
                os.kill(pid, how)
            except ProcessLookupError:
                continue
        time.sleep(0.2)
