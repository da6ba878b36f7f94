"""How a run is cut into batches, and counted when they are done.

For a source a pod looks into the ledger and writes the plan; a task reads it and hands on the addresses of the batches.
PDF files are named by whoever starts the run, and are one batch.
"""

from __future__ import annotations

from typing import Any

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import get_current_context, task

from medkg_flows.manifests import BadManifest, batch_keys, documents_by_step, run_folder, write_json
from medkg_flows.metrics import DOCUMENTS, record
from medkg_flows.settings import settings
from medkg_flows.step import Step


def plan(ledger: str, *more: str, folder: str = "") -> Step:
    """Writes the plan into the run's folder, or one of its own in it; the batches are put beside the plan."""
    config = settings()
    return Step(
        step="plan",
        arguments=[
            *("--ledger", ledger),
            *("--size", str(config.batches.size)),
            *("--most", str(config.batches.most)),
            *more,
            *("--out", f"{config.run_prefix}/{folder}plan.json"),
        ],
    )


@task(task_id="batches", retries=2)
def batches(folder: str = "") -> list[str]:
    return batch_keys(f"{run_folder(get_current_context())}/{folder}plan.json")


def only_batch() -> str:
    """Address of the batch that `documents` writes: a Jinja template."""
    return f"{settings().run_prefix}/batches/0000.json"


@task(task_id="documents", retries=2)
def documents() -> list[dict[str, str]]:
    """The documents that the run was started with, which the parameter's schema has checked; writes their batch."""
    context = get_current_context()
    wanted: list[dict[str, str]] = context["params"]["documents"]
    keys = [document["docKey"] for document in wanted]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise BadManifest(f"documents: these keys are given twice: {', '.join(twice)}")
    write_json(f"{run_folder(context)}/batches/0000.json", {"documents": keys})
    return wanted


@task(task_id="record_documents", retries=2)
def _record_documents() -> dict[str, dict[str, int]]:
    context = get_current_context()
    counted = documents_by_step(f"{run_folder(context)}/reports")
    for step, outcomes in counted.items():
        for outcome, count in outcomes.items():
            record(DOCUMENTS, count, dag_id=context["dag"].dag_id, step=step, outcome=outcome)
    return counted


def record_documents(*, after: Any, begun_with: Any) -> None:
    """Counts the documents of every step when all batches are over, failed ones too.

    A teardown: it runs whatever became of the batches and does not decide what becomes of the run. Its setup, which
    does nothing, keeps it from running where no batch began, after a guard that said no.
    """
    begun = EmptyOperator(task_id="begun")
    begun_with >> begun
    after >> _record_documents().as_teardown(setups=begun)
