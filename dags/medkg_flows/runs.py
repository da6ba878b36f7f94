"""What the DAGs of all flows have in common."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import DAG
from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.dag import ScheduleArg
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference

from medkg_flows.callbacks import deadline_missed, run_failed
from medkg_flows.settings import settings
from medkg_flows.step import Step

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
        on_failure_callback=run_failed,
        tags=["medkg", config.environment],
        **kwargs,
    )


def expect_in_time(dag: DAG) -> None:
    """Says that a run is late when it takes longer than its steps may, one after the other.

    Not for flows that wait for people.
    """
    steps = [task for task in dag.tasks if isinstance(task, Step)]
    seconds = sum(settings().step(name).deadline_seconds for name in {step.step for step in steps})
    dag.deadline = [
        DeadlineAlert(
            name=f"{dag.dag_id} in time",
            reference=DeadlineReference.DAGRUN_QUEUED_AT,
            interval=timedelta(seconds=seconds),
            callback=AsyncCallback(deadline_missed),
        )
    ]
