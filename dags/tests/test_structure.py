"""Each graph, compared with the requirement written down as edges."""

from __future__ import annotations

from typing import Any

import pytest
from airflow.sdk import TriggerRule

from medkg_flows.gate import Gate
from medkg_flows.guard import GpuGuard
from medkg_flows.settings import settings
from medkg_flows.step import OptionalStep, Step


def understand(prefix: str = "") -> dict[str, set[str]]:
    """task: the tasks right after it"""
    stretch = {
        "chunk": {"facet"},
        "facet": {"embed_splade", "embed_qwen"},
        "embed_splade": {"index"},
        "embed_qwen": {"index"},
        "index": {"extract", "map_concepts"},
        "extract": {"write_kg"},
        "map_concepts": {"write_kg"},
    }
    return {
        **{f"{prefix}{task}": {f"{prefix}{later}" for later in after} for task, after in stretch.items()},
        f"{prefix}write_kg": {"record_documents"},
        "begun": {"record_documents"},
        "record_documents": set(),
    }


AUTO_FLOW = {
    "guard_gpu_splade": {"ingest"},
    "guard_vllm": {"ingest"},
    "ingest": {"plan"},
    "plan": {"batches"},
    "batches": {"begun", "batch.parse"},
    "batch.parse": {"batch.ir"},
    "batch.ir": {"batch.chunk"},
    **understand("batch."),
}
PDF_FLOW = {
    "documents": {"fetch.ingest_pdf"},
    "fetch.ingest_pdf": {"approve_mineru"},
    "approve_mineru": {"approve_mineru_recorded"},
    "approve_mineru_recorded": {"guard_gpu_mineru"},
    "guard_gpu_mineru": {"ocr.mineru_run"},
    "ocr.mineru_run": {"ir"},
    "ir": {"approve_postpdf"},
    "approve_postpdf": {"approve_postpdf_recorded"},
    "approve_postpdf_recorded": {"guard_gpu_splade", "guard_vllm"},
    "guard_gpu_splade": {"postpdf_start"},
    "guard_vllm": {"postpdf_start"},
    "postpdf_start": {"begun", "chunk"},
    **understand(),
}
CATALOG = {
    "licence": {"guard_vllm"},
    "guard_vllm": {"download"},
    "download": {"parse"},
    "parse": {"normalize"},
    "normalize": {"enrich"},
    "enrich": {"merge"},
    "merge": {"embed"},
    "embed": {"write"},
    "write": {"validate"},
    "validate": {"judge"},
    "judge": {"publish"},
    "publish": set(),
}
CONCEPT_MAPPING = {
    "guard_vllm": {"pmc.plan", "dailymed.plan"},
    **{
        task: after
        for source in ("pmc", "dailymed")
        for task, after in {
            f"{source}.plan": {f"{source}.batches"},
            f"{source}.batches": {f"{source}.batch.map_concepts"},
            f"{source}.batch.map_concepts": set[str](),
        }.items()
    },
}


def edges(dag: Any, hands_on: str | None = None) -> dict[str, set[str]]:
    """The graph, without the edges by which one task hands the address of a batch to later ones of its group."""
    found = {}
    for task in dag.tasks:
        after = set(task.downstream_task_ids)
        if task.task_id == hands_on:
            after -= {
                later
                for later in after
                if after & dag.get_task(later).get_flat_relative_ids(upstream=True) - {task.task_id}
            }
        found[task.task_id] = after
    return found


def test_auto_flow(dags: dict[str, Any]) -> None:
    for source in settings().sources:
        assert edges(dags[f"auto_flow_nonpdf.{source}"], hands_on="batches") == AUTO_FLOW


def test_pdf_flow(dags: dict[str, Any]) -> None:
    assert edges(dags["pdf_flow"], hands_on="documents") == PDF_FLOW


def test_catalog_refresh_flow(dags: dict[str, Any]) -> None:
    for vocabulary in settings().vocabularies:
        assert edges(dags[f"catalog_refresh_flow.{vocabulary}"]) == CATALOG


@pytest.mark.fixture
def test_concept_mapping(dags: dict[str, Any]) -> None:
    assert edges(dags["concept_mapping"]) == CONCEPT_MAPPING


@pytest.mark.fixture
def test_a_published_catalog_starts_the_mapping_and_nothing_else_does(dags: dict[str, Any]) -> None:
    (asset,) = dags["concept_mapping"].schedule
    writers = {(dag.dag_id, task.task_id) for dag in dags.values() for task in dag.tasks if asset in task.outlets}
    assert writers == {("catalog_refresh_flow.snomed", "publish"), ("catalog_refresh_flow.hpo", "publish")}


def test_mineru_and_the_index_come_after_a_gate_each_and_nothing_starts_them(dags: dict[str, Any]) -> None:
    dag = dags["pdf_flow"]
    gates = {task.task_id for task in dag.tasks if isinstance(task, Gate)}
    assert gates == {"approve_mineru", "approve_postpdf"}
    for task in dag.tasks:
        before = task.get_flat_relative_ids(upstream=True)
        if task.task_id in {"ocr.mineru_run", "guard_gpu_mineru", "ir"}:
            assert before & gates == {"approve_mineru"}, task.task_id
        elif task.task_id in {"postpdf_start", *understand()}:
            assert before & gates == gates, task.task_id
    assert dag.schedule is None
    assert dag.max_active_runs == 1
    mineru = [(found.dag_id, found.task_id) for found in all_steps(dags) if found.step == "mineru_run"]
    assert mineru == [("pdf_flow", "ocr.mineru_run")]


def test_writers_of_the_ledger_share_the_pool_of_one_slot(dags: dict[str, Any]) -> None:
    for step in all_steps(dags):
        if step.step in {"ingest_pdf", "mineru_run", "postpdf_start"}:
            assert step.pool == "ledger", step.task_id


def test_each_document_of_a_run_is_fetched_and_read_by_a_pod_of_its_own(dags: dict[str, Any]) -> None:
    for task_id in ("fetch.ingest_pdf", "ocr.mineru_run"):
        assert dags["pdf_flow"].get_task(task_id).get_closest_mapped_task_group() is not None


def all_steps(dags: dict[str, Any]) -> list[Step]:
    return [task for dag in dags.values() for task in dag.tasks if isinstance(task, Step)]


def test_everything_comes_after_the_guards(dags: dict[str, Any]) -> None:
    dag = dags["auto_flow_nonpdf.pmc"]
    guards = {"guard_gpu_splade", "guard_vllm"}
    for task in dag.tasks:
        if task.task_id not in guards:
            assert guards <= task.get_flat_relative_ids(upstream=True), task.task_id


def test_guards_fail_at_once_and_are_never_skipped(dags: dict[str, Any]) -> None:
    guards = [task for dag in dags.values() for task in dag.tasks if task.task_id.split(".")[-1].startswith("guard_")]
    assert guards
    for guard in guards:
        assert guard.retries == 0, (guard.dag_id, guard.task_id)
        assert not isinstance(guard, OptionalStep)
        assert isinstance(guard, GpuGuard) == ("_gpu_" in guard.task_id)
        assert guard.trigger_rule == TriggerRule.ALL_SUCCESS
        if isinstance(guard, GpuGuard):
            assert guard.pool == guard.step.removeprefix("guard_"), guard.task_id


def test_only_the_end_of_a_batch_goes_on_after_a_skip(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        for task in dag.tasks:
            if isinstance(task, Step):
                expected = TriggerRule.NONE_FAILED if task.step == "write_kg" else TriggerRule.ALL_SUCCESS
                assert task.trigger_rule == expected, task.task_id


def test_batches_are_mapped_and_bounded(dags: dict[str, Any]) -> None:
    dag = dags["auto_flow_nonpdf.pmc"]
    for task in dag.tasks:
        mapped = task.get_closest_mapped_task_group()
        assert (mapped is not None) == task.task_id.startswith("batch."), task.task_id
        assert task.max_active_tis_per_dagrun == (8 if mapped else None), task.task_id


@pytest.mark.fixture
def test_pools_and_retries_are_those_of_the_settings(dags: dict[str, Any]) -> None:
    pmc = {task.task_id: task for task in dags["auto_flow_nonpdf.pmc"].tasks}
    assert pmc["ingest"].pool == "source_ncbi"
    assert dags["auto_flow_nonpdf.dailymed"].get_task("ingest").pool == "default_pool"
    assert pmc["guard_gpu_splade"].pool == pmc["batch.embed_splade"].pool == "gpu_splade"
    assert pmc["batch.parse"].pool == "default_pool"
    assert (pmc["ingest"].retries, pmc["batch.parse"].retries, pmc["batch.embed_splade"].retries) == (9, 2, 0)


def test_the_count_of_documents_does_not_decide_what_becomes_of_a_run(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        if "record_documents" in dag.task_ids:
            counted = dag.get_task("record_documents")
            assert counted.is_teardown
            assert counted.on_failure_fail_dagrun is False
