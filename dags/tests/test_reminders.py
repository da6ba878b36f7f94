"""Each open gate is told of once for each age that it reaches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from server import serving

from medkg_flows import reminders
from medkg_flows.callbacks import Alert
from medkg_flows.reminders import OpenGate, open_gates, overdue

pytestmark = pytest.mark.fixture

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def gate(hours: float, run_id: str = "manual__1") -> OpenGate:
    return OpenGate(run_id, "approve_mineru", "May it?", NOW - timedelta(hours=hours))


@pytest.mark.parametrize(
    ("hours", "told", "expected"),
    [
        (23.9, [], []),
        (24, [], [24]),
        (50, [24], []),
        (72, [24], [72]),
        (90, [], [72]),
        (90, [24, 72], []),
    ],
)
def test_the_highest_age_that_was_not_told(hours: float, told: list[float], expected: list[float]) -> None:
    found = overdue([gate(hours)], {"manual__1/approve_mineru": told}, [24, 72], NOW)
    assert [age for _, age in found] == expected


class Store:
    """Airflow's variables."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def get(self, key: str, default: Any, deserialize_json: bool) -> Any:
        return self.kept.get(key, default)

    def set(self, key: str, value: Any, serialize_json: bool) -> None:
        self.kept[key] = {name: list(ages) for name, ages in value.items()}


def test_a_gate_is_told_of_once_an_age_and_forgotten_when_it_was_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    alerts: list[Alert] = []
    store, gates = Store(), [gate(0), gate(0, "manual__2")]
    clock: Any = SimpleNamespace(now=lambda _: clock.time)
    monkeypatch.setattr(reminders, "Variable", store)
    monkeypatch.setattr(reminders, "tell", alerts.append)
    monkeypatch.setattr(reminders, "open_gates", lambda: gates)
    monkeypatch.setattr(reminders, "datetime", clock)
    run: Any = reminders.remind.function

    counts = []
    for hours in (1, 25, 26, 73, 74):
        clock.time = NOW + timedelta(hours=hours)
        counts.append(run())
    assert counts == [0, 2, 0, 2, 0]
    assert [(alert.labels["run_id"], alert.labels["hours"]) for alert in alerts] == [
        ("manual__1", "24"),
        ("manual__2", "24"),
        ("manual__1", "72"),
        ("manual__2", "72"),
    ]
    gates.pop()
    run()
    assert store.kept == {"medkg_gates_reminded": {"manual__1/approve_mineru": [24.0, 72.0]}}


def test_what_could_not_be_told_is_told_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()

    def refuse(_: Alert) -> None:
        raise ConnectionError

    monkeypatch.setattr(reminders, "Variable", store)
    monkeypatch.setattr(reminders, "open_gates", lambda: [gate(1000)])
    monkeypatch.setattr(reminders, "tell", refuse)
    run: Any = reminders.remind.function
    with pytest.raises(ConnectionError):
        run()
    assert store.kept == {}


@pytest.mark.loopback
def test_the_api_is_asked_for_open_gates_of_the_one_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {
        "hitl_details": [
            {
                "subject": "May it?",
                "created_at": "2026-11-23T12:00:00Z",
                "task_instance": {"dag_run_id": "manual__1", "task_id": "approve_mineru"},
            }
        ],
        "total_entries": 1,
    }
    path = "/api/v2/dags/pdf_flow/dagRuns/~/hitlDetails"
    with serving(answers={"/auth/token": {"access_token": "t0"}, path: listed}) as api:
        connection = SimpleNamespace(host=api.url, login="reminder", password="p")
        monkeypatch.setattr(reminders, "BaseHook", SimpleNamespace(get_connection=lambda _: connection))
        assert list(open_gates()) == [
            OpenGate("manual__1", "approve_mineru", "May it?", datetime(2026, 11, 23, 12, tzinfo=UTC))
        ]
    assert api.seen[0] == ("POST", "/auth/token", {"username": "reminder", "password": "p"})
    assert api.seen[1][:2] == (
        "GET",
        f"{path}?response_received=false&state=awaiting_input&order_by=created_at&limit=100&offset=0",
    )
    assert len(api.seen) == 2
    assert api.headers[1]["Authorization"] == "Bearer t0"


def test_it_asks_once_an_hour_and_never_twice_at_once(dags: dict[str, Any]) -> None:
    dag = dags["gate_reminder"]
    assert dag.schedule == "17 * * * *"
    assert dag.max_active_runs == 1
    assert dag.task_ids == ["remind"]
