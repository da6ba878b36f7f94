"""All files are parsed as Airflow does it: no error, no network, little time of our own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

DAGS = Path(__file__).parents[1]

# What importing our files may cost above importing the provider of the pods.
OUR_SECONDS = 2.0

PARSE = """
import sys, time
import airflow.providers.cncf.kubernetes.operators.pod, airflow.providers.standard.operators.hitl
begun = time.perf_counter()
import runpy
sys.path.insert(0, {dags!r})
for file in {files!r}:
    runpy.run_path(file)
print(time.perf_counter() - begun)
print([name for name in ("requests", "boto3", "s3fs", "aiobotocore") if name in sys.modules])
"""


@pytest.mark.fixture
def test_the_dags_are_those_of_the_settings(dags: dict[str, Any]) -> None:
    assert set(dags) == {
        "auto_flow_nonpdf.pmc",
        "auto_flow_nonpdf.dailymed",
        "pdf_flow",
        "catalog_refresh_flow.snomed",
        "catalog_refresh_flow.hpo",
        "concept_mapping",
        "gate_reminder",
    }


def test_each_dag_is_valid(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        dag.validate()


def test_each_dag_survives_its_serialization(dags: dict[str, Any]) -> None:
    from airflow.serialization.serialized_objects import DagSerialization

    for dag in dags.values():
        copy = DagSerialization.from_dict(DagSerialization.to_dict(dag))
        assert copy.task_ids == dag.task_ids


def test_importing_costs_little() -> None:
    files = [str(file) for file in sorted(DAGS.glob("*.py"))]
    program = PARSE.format(dags=str(DAGS), files=files)
    printed = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "ignore", "-c", program], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    assert float(printed[-2]) < OUR_SECONDS


def test_runs_at_once_are_bounded(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        assert dag.max_active_runs == (8 if dag.dag_id.startswith("auto_flow_nonpdf.") else 1), dag.dag_id
        assert dag.catchup is False


@pytest.mark.fixture
@pytest.mark.parametrize(
    ("dag_id", "schedule"),
    [
        ("auto_flow_nonpdf.pmc", "0 2 * * SUN"),
        ("auto_flow_nonpdf.dailymed", None),
        ("pdf_flow", None),
        ("catalog_refresh_flow.snomed", "0 4 1 JAN,APR,JUL,OCT *"),
        ("catalog_refresh_flow.hpo", None),
    ],
)
def test_schedules_come_from_the_settings(dags: dict[str, Any], dag_id: str, schedule: str | None) -> None:
    assert dags[dag_id].schedule == schedule
