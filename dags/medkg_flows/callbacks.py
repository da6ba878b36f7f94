"""Tells people: a run that failed, a run that is late, a gate that nobody answered.

Told to Alertmanager and to Slack, each only where the settings name it. One failure is one message: runs report, not
their tasks, so a step that fails in thirty batches is not told thirty times.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import BaseHook, Context

from medkg_flows.settings import settings

log = logging.getLogger(__name__)

_SLACK = "https://hooks.slack.com/services"
_TIMEOUT_SECONDS = 10
# Alertmanager drops an alert that nobody sends again; ours are sent once and have to last until somebody is there.
_LASTS = timedelta(hours=12)


@dataclass(frozen=True)
class Alert:
    """Labels say what it is about and are the same for the same thing; the rest is for the reader."""

    name: str
    severity: str
    labels: Mapping[str, str]
    summary: str
    description: str


def run_failed(context: Context) -> None:
    """A DAG's `on_failure_callback`: called once, by the DAG processor, when a run has ended as failed."""
    ti = context.get("ti")
    failed = f"task {ti.task_id}" if ti is not None else "a task"
    dag_id, run_id = context["dag"].dag_id, context["run_id"]
    tell(
        Alert(
            name="MedkgFlowFailed",
            severity="critical" if settings().environment == "prod" else "warning",
            labels={"dag_id": dag_id, "run_id": run_id},
            summary=f"{dag_id} failed",
            description=f"Run {run_id} of {dag_id} failed; {failed} ended last. {context.get('reason') or ''}".strip(),
        )
    )


async def deadline_missed(context: Mapping[str, Any]) -> None:
    """A DAG's deadline: called once, by the triggerer, which therefore has these files on its PYTHONPATH."""
    from asgiref.sync import sync_to_async

    run = context["dag_run"]
    dag_id, run_id = run["dag_id"], run["dag_run_id"]
    await sync_to_async(tell)(
        Alert(
            name="MedkgFlowLate",
            severity="warning",
            labels={"dag_id": dag_id, "run_id": run_id},
            summary=f"{dag_id} is late",
            description=f"Run {run_id} of {dag_id} should have ended by {context['deadline']['deadline_time']}.",
        )
    )


def tell(alert: Alert) -> None:
    """Sends an alert everywhere it is wanted; one place that fails does not keep it from the other."""
    alerts = settings().alerts
    errors: list[Exception] = []
    for wanted, send in ((alerts.alertmanager_url, _to_alertmanager), (alerts.slack_connection, _to_slack)):
        if not wanted:
            continue
        try:
            send(wanted, alert)
        except Exception as error:  # what fails here must not hide the other
            log.exception("%s: %s could not be told", alert.name, wanted)
            errors.append(error)
    if not alerts.alertmanager_url and not alerts.slack_connection:
        log.warning("%s: %s (nobody is to be told)", alert.summary, alert.description)
    if errors:
        raise errors[0]


def _to_alertmanager(url: str, alert: Alert) -> None:
    config, now = settings(), datetime.now(UTC)
    labels = {
        "alertname": alert.name,
        "severity": alert.severity,
        "environment": config.environment,
        "namespace": config.namespace,
        "release": config.release,
        **alert.labels,
    }
    _post(
        f"{url}/api/v2/alerts",
        [
            {
                "labels": labels,
                "annotations": {"summary": alert.summary, "description": alert.description},
                "startsAt": now.isoformat(),
                "endsAt": (now + _LASTS).isoformat(),
            }
        ],
    )


def _to_slack(connection_id: str, alert: Alert) -> None:
    """The connection's password is the secret part of the webhook's address, its host the rest."""
    connection = BaseHook.get_connection(connection_id)
    base = (connection.host or _SLACK).rstrip("/")
    text = f"*{alert.summary}* ({settings().environment})\n{alert.description}"
    _post(f"{base}/{(connection.password or '').lstrip('/')}", {"text": text})


def _post(address: str, body: Any) -> None:
    """Tries again only where nobody can have heard it, so that nothing is told twice."""
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    with requests.Session() as session:
        retry = Retry(total=3, connect=3, read=0, status=0, other=0, backoff_factor=1)
        session.mount("http://", HTTPAdapter(max_retries=retry))
        session.mount("https://", HTTPAdapter(max_retries=retry))
        session.post(address, json=body, timeout=_TIMEOUT_SECONDS).raise_for_status()
