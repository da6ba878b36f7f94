"""Each graph, compared with the requirement written down as edges."""

from __future__ import annotations

from typing import Any

from airflow.sdk import TriggerRule

from medkg_flows.guard import GpuGuard
from medkg_flows.step import OptionalStep, Step

# task: the tasks right after it. A batch's tasks all wait for `batches` too, which hands them their address.
UNDERSTAND = {
    "batch.chunk": {"batch.facet"},
    "batch.facet": {"batch.embed_splade", "batch.embed_qwen"},
    "batch.embed_splade": {"batch.index"},
    "batch.embed_qwen": {"batch.index"},
    "batch.index": {"batch.extract", "batch.map_concepts"},
    "batch.extract": {"batch.write_kg"},
    "batch.map_concepts": {"batch.write_kg"},
    "batch.write_kg": {"record_documents"},
}
AUTO_FLOW = {
    "guard_gpu_splade": {"ingest"},
    "guard_vllm": {"ingest"},
    "ingest": {"plan"},
    "plan": {"batches"},
    "batches": {"begun", "batch.parse"},
    "batch.parse": {"batch.ir"},
    "batch.ir": {"batch.chunk"},
    **UNDERSTAND,
    "begun": {"record_documents"},
    "record_documents": set(),
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
    for source in ("pmc", "dailymed"):
        assert edges(dags[f"auto_flow_nonpdf.{source}"], hands_on="batches") == AUTO_FLOW


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
