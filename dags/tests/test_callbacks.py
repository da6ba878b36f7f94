"""Failures and late runs are told once, to everybody who is to be told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import requests
from airflow.sdk.definitions.callback import AsyncCallback
from server import Server, serving

from medkg_flows import callbacks
from medkg_flows.callbacks import deadline_missed, run_failed
from medkg_flows.settings import Alerts, settings

pytestmark = [pytest.mark.loopback, pytest.mark.fixture]

Told = Callable[[Server | None, Server | None], None]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Sets whom to tell."""

    def to(alertmanager: Server | None, slack: Server | None) -> None:
        alerts = Alerts(alertmanager.url if alertmanager else "", "slack" if slack else "")
        monkeypatch.setattr(callbacks, "settings", lambda: replace(settings(), alerts=alerts))
        connection = SimpleNamespace(host=f"{slack.url}/services" if slack else None, password="T/B/secret")
        monkeypatch.setattr(callbacks, "BaseHook", SimpleNamespace(get_connection=lambda _: connection))

    return to


FAILED: Any = {
    "dag": SimpleNamespace(dag_id="pdf_flow"),
    "run_id": "manual__1",
    "ti": SimpleNamespace(task_id="ocr.mineru_run"),
    "reason": "task_failure",
}


def test_a_failed_run_is_told_to_alertmanager_and_slack_once(told: Told) -> None:
    with serving() as alertmanager, serving() as slack:
        told(alertmanager, slack)
        run_failed(FAILED)
    ((method, path, (alert,)),) = alertmanager.seen
    assert (method, path) == ("POST", "/api/v2/alerts")
    assert alert["labels"] == {
        "alertname": "MedkgFlowFailed",
        "severity": "critical",
        "environment": "prod",
        "namespace": "medkg",
        "release": "medkg",
        "dag_id": "pdf_flow",
        "run_id": "manual__1",
    }
    assert "ocr.mineru_run" in alert["annotations"]["description"]
    lasts = datetime.fromisoformat(alert["endsAt"]) - datetime.fromisoformat(alert["startsAt"])
    assert lasts >= timedelta(hours=1)
    ((method, path, message),) = slack.seen
    assert (method, path) == ("POST", "/services/T/B/secret")
    assert message["text"].startswith("*pdf_flow failed* (prod)\nRun manual__1 of pdf_flow failed")


def test_a_run_without_a_task_is_told_too(told: Told) -> None:
    with serving() as alertmanager:
        told(alertmanager, None)
        run_failed({"dag": FAILED["dag"], "run_id": "manual__1"})
    assert len(alertmanager.seen) == 1


def test_nobody_is_told_where_nobody_is_named(told: Told) -> None:
    with serving() as alertmanager:
        told(None, None)
        run_failed(FAILED)
    assert alertmanager.seen == []


def test_one_that_refuses_does_not_keep_it_from_the_other_and_is_not_asked_twice(told: Told) -> None:
    with serving(status=500) as alertmanager, serving() as slack:
        told(alertmanager, slack)
        with pytest.raises(requests.HTTPError):
            run_failed(FAILED)
    assert len(alertmanager.seen) == len(slack.seen) == 1


def test_a_late_run_is_told_with_its_deadline(told: Told) -> None:
    context = {
        "dag_run": {"dag_id": "auto_flow_nonpdf.pmc", "dag_run_id": "scheduled__1"},
        "deadline": {"id": "0", "deadline_time": "2026-11-24T10:00:00Z"},
    }
    with serving() as alertmanager:
        told(alertmanager, None)
        asyncio.run(deadline_missed(context))
    ((_, _, (alert,)),) = alertmanager.seen
    assert alert["labels"]["alertname"] == "MedkgFlowLate"
    assert alert["labels"]["run_id"] == "scheduled__1"
    assert "2026-11-24T10:00:00Z" in alert["annotations"]["description"]


def test_runs_tell_of_their_failure_and_tasks_do_not(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        assert dag.on_failure_callback == run_failed, dag.dag_id
        for task in dag.tasks:
            assert not task.on_failure_callback, task.task_id


def test_a_run_is_late_when_it_takes_longer_than_its_steps_may(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        waits_for_people = dag.dag_id in {"pdf_flow", "gate_reminder"}
        if waits_for_people:
            assert not dag.deadline
            continue
        (deadline,) = dag.deadline
        names = {task.step for task in dag.tasks if hasattr(task, "step")}
        assert deadline.interval == timedelta(hours=len(names))
        assert isinstance(deadline.callback, AsyncCallback)
        assert deadline.callback.path == "medkg_flows.callbacks.deadline_missed"
