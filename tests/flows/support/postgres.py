"""Debian's PostgreSQL as the database of Airflow, on loopback."""

import os
import subprocess
from pathlib import Path

from support.processes import eventually, free_port, start

#: PostgreSQL does not run as root.
USER = "nobody" if os.getuid() == 0 else None


def programs() -> Path:
    """Where the newest PostgreSQL of this machine is; its server is not on the path of Debian."""
    found = sorted(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda path: int(path.parent.name),
    )
    if not found:
        raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1]


def start_postgres(folder: Path) -> str:
    """Starts a server with an empty database; gives its address."""
    binaries, port = programs(), free_port()
    folder.mkdir()
    if USER is not None:
        subprocess.run(["chown", USER, folder], check=True)
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    data = folder / "data"
    initdb: list[str | Path] = [
        binaries / "initdb",
        "--no-sync",
        "--auth",
        "trust",
        "--username",
        "airflow",
        "-D",
        data,
    ]
    if start("initdb", initdb, folder, env, USER).wait() != 0:
        raise RuntimeError((folder / "initdb.log").read_text())
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "max_connections": 300,
        # What is lost with the machine, nobody misses here.
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }
    options: list[str] = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    start("postgres", [binaries / "postgres", "-D", data, *options], folder, env, USER)
    host = ["--host", "127.0.0.1", "--port", str(port), "--username", "airflow"]
    eventually(
        "PostgreSQL answers",
        30,
        lambda: (
            subprocess.run([binaries / "pg_isready", *host], check=False, capture_output=True).returncode == 0 or None
        ),
    )
    subprocess.run([binaries / "createdb", *host, "airflow"], check=True)
    return f"postgresql+psycopg2://airflow@127.0.0.1:{port}/airflow"
