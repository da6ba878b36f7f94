"""Airflow itself: its parts apart, on loopback, with the LocalExecutor."""

import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import requests

from support.api import Task
from support.processes import end, eventually, free_port, start, those_in

HERE = Path(__file__).parent

#: Whom the flow that reminds of gates asks as.
REMINDER = "reminder"

#: Everybody whom the tests ask as, with a role of the simple authentication manager.
PEOPLE = {"admin": "admin", "ada": "op", "eve": "op", "reader": "viewer", REMINDER: "viewer"}

#: Airflow's own patience, shortened: the tests wait for it. That for the scheduler itself is not: a busy one that is
#: taken for dead loses its tasks to itself, and they run twice.
QUICK = {
    "SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.3",
    "SCHEDULER__SCHEDULER_HEARTBEAT_SEC": "2",
    "SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "4",
    "SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "20",
    "SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "3",
    "DAG_PROCESSOR__REFRESH_INTERVAL": "30",
    # Neither the flows nor their settings change while the tests run.
    "DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "3600",
    "DAG_PROCESSOR__PARSING_PROCESSES": "1",
    "WORKERS__MIN_HEARTBEAT_INTERVAL": "2",
}


class Airflow:
    """One installation with a database of its own."""

    def __init__(self, folder: Path, database: str, dags: Path, env: Mapping[str, str]) -> None:
        folder.mkdir()
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        passwords = folder / "passwords.json"
        passwords.write_text(json.dumps({name: name for name in PEOPLE}))
        config = folder / "config"
        config.mkdir()
        # Airflow looks for this name there.
        (config / "airflow_local_settings.py").symlink_to(HERE / "pod_mutation.py")
        settings = {
            **QUICK,
            "CORE__DAGS_FOLDER": str(dags),
            "CORE__LOAD_EXAMPLES": "False",
            "CORE__EXECUTOR": "LocalExecutor",
            "CORE__PARALLELISM": "12",
            "CORE__EXECUTION_API_SERVER_URL": f"{self.url}/execution/",
            "CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(f"{name}:{role}" for name, role in PEOPLE.items()),
            "CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords),
            "CORE__DAGS_ARE_PAUSED_AT_CREATION": "True",
            "API__BASE_URL": self.url,
            "API__SECRET_KEY": secrets.token_hex(16),
            "API_AUTH__JWT_SECRET": secrets.token_hex(32),
            "DATABASE__SQL_ALCHEMY_CONN": database,
            "LOGGING__BASE_LOG_FOLDER": str(folder / "logs"),
            "METRICS__OTEL_ON": "True",
            "USAGE_DATA_COLLECTION__ENABLED": "False",
        }
        self.env = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "AIRFLOW_HOME": str(folder),
            "PYTHONUNBUFFERED": "1",
            # As the image has it: the triggerer calls back what is in there.
            "PYTHONPATH": str(dags),
            "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
            "OTEL_METRIC_EXPORT_INTERVAL": "5000",
            **{f"AIRFLOW__{name}": value for name, value in settings.items()},
            "AIRFLOW_CONN_AIRFLOW_API": json.dumps(
                {"conn_type": "http", "host": self.url, "login": REMINDER, "password": REMINDER}
            ),
            **env,
        }
        self.program = [sys.executable, "-m", "airflow"]

    def run(self, *args: str) -> str:
        """Runs a command of Airflow to its end."""
        done = subprocess.run(
            [*self.program, *args], cwd=self.folder, env=self.env, check=False, capture_output=True, text=True
        )
        if done.returncode != 0:
            raise RuntimeError(f"airflow {' '.join(args)}: {done.stdout[-4000:]}{done.stderr[-4000:]}")
        return done.stdout

    def start(self) -> None:
        """Starts all parts; returns when the API answers and the others are alive."""
        parts = {
            "api-server": ["--host", "127.0.0.1", "--port", str(self.port), "--workers", "1"],
            # Its server of logs listens on every address.
            "scheduler": ["--skip-serve-logs"],
            "dag-processor": [],
            "triggerer": ["--skip-serve-logs"],
        }
        for part, args in parts.items():
            start(part, [*self.program, part, *args], self.folder, self.env)

        def healthy() -> bool | None:
            try:
                health = requests.get(f"{self.url}/api/v2/monitor/health", timeout=5).json()
            except requests.RequestException:
                return None
            parts = ("metadatabase", "scheduler", "dag_processor", "triggerer")
            return all(health[part]["status"] == "healthy" for part in parts) or None

        eventually("Airflow is healthy", 120, healthy)

    def kill(self) -> None:
        """Ends everything of Airflow as a lost machine does."""
        end(self.folder, signal.SIGKILL)

    def stop(self) -> None:
        """Ends everything of Airflow."""
        end(self.folder, signal.SIGTERM)

    def kill_worker_of(self, task: Task) -> None:
        """Ends the worker that follows a task, and its child, as a lost machine does: both are named after it."""
        doomed = [pid for pid in self.processes() if task.id in Path(f"/proc/{pid}/cmdline").read_text()]
        if not doomed:
            raise RuntimeError(f"nobody works on {task.task}")
        for pid in doomed:
            os.kill(pid, signal.SIGKILL)

    def processes(self) -> list[int]:
        """Its processes, tasks included."""
        return those_in(self.folder)
