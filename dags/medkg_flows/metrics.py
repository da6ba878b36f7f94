"""The metrics of the flows: every name, its type and its labels, in one list.

Airflow counts and times its tasks itself; what it does not know (documents, how long people take) is recorded here
through the same channel, so that all of them leave by OpenTelemetry when Airflow's metrics are switched on, with its
prefix (`airflow.` unless `metrics.otel_prefix` says otherwise).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from airflow.sdk.observability import stats

Kind = Literal["counter", "gauge", "timer"]


@dataclass(frozen=True)
class Metric:
    name: str
    kind: Kind
    labels: tuple[str, ...]
    description: str
    ours: bool


STEP_DURATION = Metric(
    "task.duration", "timer", ("dag_id", "task_id"), "Milliseconds that a try of a task took", ours=False
)
STEP_STATE = Metric(
    "ti.finish",
    "counter",
    ("dag_id", "task_id", "state"),
    "Tries of tasks that ended, by state; up_for_retry counts the retries",
    ours=False,
)
RUN_SUCCESS = Metric(
    "dagrun.duration.success", "timer", ("dag_id", "run_type"), "Milliseconds of runs that succeeded", ours=False
)
RUN_FAILED = Metric(
    "dagrun.duration.failed", "timer", ("dag_id", "run_type"), "Milliseconds of runs that failed", ours=False
)
GATE_WAITED = Metric(
    "medkg.flow.gate.waited",
    "timer",
    ("dag_id", "gate", "decision"),
    "Milliseconds from the question of a gate to the answer that it took",
    ours=True,
)
DOCUMENTS = Metric(
    "medkg.flow.documents",
    "gauge",
    ("dag_id", "step", "outcome"),
    "Documents of the last run that a step did (outcome done) or could not do (outcome failed)",
    ours=True,
)

METRICS: tuple[Metric, ...] = (STEP_DURATION, STEP_STATE, RUN_SUCCESS, RUN_FAILED, GATE_WAITED, DOCUMENTS)


def record(metric: Metric, value: float, **labels: str) -> None:
    """Records one of our own metrics with exactly the labels that the list says."""
    if not metric.ours:
        raise ValueError(f"{metric.name} is recorded by Airflow")
    if set(labels) != set(metric.labels):
        raise ValueError(f"{metric.name} has the labels {metric.labels}, not {tuple(labels)}")
    if metric.kind == "timer":
        stats.timing(metric.name, value, tags=labels)
    elif metric.kind == "gauge":
        stats.gauge(metric.name, value, tags=labels)
    else:
        stats.incr(metric.name, int(value), tags=labels)
