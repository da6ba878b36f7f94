"""What the DAGs of all flows have in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import DAG
from airflow.sdk.definitions.dag import ScheduleArg

from medkg_flows.settings import settings

# Schedules count from here. No run is made up for the time before a DAG was switched on (catchup is off).
_START = datetime(2025, 1, 1, tzinfo=UTC)


def flow(dag_id: str, *, schedule: ScheduleArg, max_active_runs: int | None = None, **kwargs: Any) -> DAG:
    config = settings()
    return DAG(
        dag_id,
        schedule=schedule,
        start_date=_START,
        catchup=False,
        max_active_runs=max_active_runs or config.max_active_runs,
        # The two embeddings of a batch run side by side.
        max_active_tasks=2 * config.batches.at_once,
        tags=["medkg", config.environment],
        **kwargs,
    )
