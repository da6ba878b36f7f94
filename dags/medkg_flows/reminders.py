"""Reminds of gates that wait for long, each gate once for each age."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from airflow.sdk import BaseHook, Variable, task

from medkg_flows.callbacks import Alert, tell
from medkg_flows.settings import settings

#: The API server and a user that may read the gates of `GATED` and nothing else.
API_CONNECTION = "airflow_api"
GATED = "pdf_flow"
REMEMBERED = "medkg_gates_reminded"
_PAGE = 100
_TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class OpenGate:
    run_id: str
    task_id: str
    subject: str
    asked_at: datetime

    @property
    def key(self) -> str:
        return f"{self.run_id}/{self.task_id}"

    def hours(self, now: datetime) -> float:
        return (now - self.asked_at).total_seconds() / 3600


@task(task_id="remind", retries=2)
def remind() -> int:
    """Asks which gates are open and tells of those that have become too old. Returns how many were told."""
    gates = list(open_gates())
    remembered: dict[str, list[float]] = Variable.get(REMEMBERED, default={}, deserialize_json=True)
    told = {gate.key: remembered.get(gate.key, []) for gate in gates}
    due = list(overdue(gates, told, settings().gates.remind_after_hours, datetime.now(UTC)))
    for gate, hours in due:
        tell(reminder(gate, hours))
        told[gate.key] = [age for age in settings().gates.remind_after_hours if age <= hours]
        Variable.set(REMEMBERED, told, serialize_json=True)
    if told != remembered:
        # Gates that were answered are forgotten.
        Variable.set(REMEMBERED, told, serialize_json=True)
    return len(due)


def overdue(
    gates: Sequence[OpenGate], told: Mapping[str, Sequence[float]], ages: Sequence[float], now: datetime
) -> Iterator[tuple[OpenGate, float]]:
    """Gates with the highest age that they have reached and that was not told yet."""
    for gate in gates:
        reached = [age for age in ages if age <= gate.hours(now)]
        if reached and max(reached) not in told.get(gate.key, []):
            yield gate, max(reached)


def reminder(gate: OpenGate, hours: float) -> Alert:
    return Alert(
        name="MedkgGateWaits",
        severity="warning",
        labels={"dag_id": GATED, "run_id": gate.run_id, "gate": gate.task_id, "hours": f"{hours:g}"},
        summary=f"{gate.task_id} has waited for more than {hours:g} h",
        description=f"{gate.subject} Run {gate.run_id} of {GATED} waits since {gate.asked_at:%Y-%m-%d %H:%M} UTC.",
    )


def open_gates() -> Iterator[OpenGate]:
    """Asks Airflow's own REST API for the questions that nobody has answered."""
    import requests

    connection = BaseHook.get_connection(API_CONNECTION)
    base = f"{(connection.host or '').rstrip('/')}"
    with requests.Session() as session:
        answer = session.post(
            f"{base}/auth/token",
            json={"username": connection.login, "password": connection.password},
            timeout=_TIMEOUT_SECONDS,
        )
        answer.raise_for_status()
        session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        seen, total = 0, 1
        while seen < total:
            answer = session.get(
                f"{base}/api/v2/dags/{GATED}/dagRuns/~/hitlDetails",
                params={
                    "response_received": "false",
                    "state": "awaiting_input",
                    "order_by": "created_at",
                    "limit": str(_PAGE),
                    "offset": str(seen),
                },
                timeout=_TIMEOUT_SECONDS,
            )
            answer.raise_for_status()
            page: dict[str, Any] = answer.json()
            for found in page["hitl_details"]:
                yield OpenGate(
                    run_id=found["task_instance"]["dag_run_id"],
                    task_id=found["task_instance"]["task_id"],
                    subject=found["subject"],
                    asked_at=datetime.fromisoformat(found["created_at"]),
                )
            if not page["hitl_details"]:
                return
            seen, total = seen + len(page["hitl_details"]), int(page["total_entries"])
