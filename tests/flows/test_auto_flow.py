"""auto_flow_nonpdf on the real scheduler."""

import pytest
from medkg_flows.metrics import DOCUMENTS, RUN_SUCCESS, STEP_DURATION, STEP_STATE

from support.api import Run
from support.world import World

FLOW = "auto_flow_nonpdf.pmc"
GUARDS = ("guard_gpu_splade", "guard_vllm")
ONCE = (*GUARDS, "ingest", "plan", "batches")
TEXT = ("parse", "ir", "chunk", "facet", "embed_splade", "embed_qwen", "index")
FACTS = ("extract", "map_concepts", "write_kg")
BATCH = (*TEXT, *FACTS)


def on_spot_nodes(world: World, run: Run) -> set[str]:
    """The steps whose pods may run there."""
    return {
        pod.step
        for pod in world.pods.of(run)
        if any(each["key"] == "spot" for each in pod.manifest["spec"]["tolerations"])
    }


@pytest.mark.core
def test_two_batches_from_end_to_end(world: World) -> None:
    run = world.trigger(FLOW)
    run.ends("success")
    states = run.states()
    assert {name: states[name] for name in (*ONCE, *BATCH)} == {name: {"success"} for name in (*ONCE, *BATCH)}
    assert {name: len(run.of(name)) for name in BATCH} == dict.fromkeys(BATCH, 2)
    # One pod a task, and no task twice.
    assert {name: len(world.pods.of(run, name)) for name in BATCH} == dict.fromkeys(BATCH, 2)
    assert on_spot_nodes(world, run) == set()
    steps = [pod.step for pod in world.pods.of(run)]
    assert max(map(steps.index, ("guard_gpu_splade",))) < steps.index("ingest") < steps.index("plan")
    reports = world.application.keys(f"{world.store_of(run)}/reports/")
    assert len(reports) == 2 * len(BATCH)
    world.metrics.hears(STEP_DURATION, dag_id=FLOW, task_id="batch.chunk")
    world.metrics.hears(STEP_STATE, dag_id=FLOW, task_id="batch.chunk", state="success")
    world.metrics.hears(RUN_SUCCESS, dag_id=FLOW)
    for step in BATCH:
        world.metrics.hears(DOCUMENTS, dag_id=FLOW, step=step, outcome="done")


def test_a_run_without_extraction_skips_it_and_nothing_else(world: World) -> None:
    world.application.batches = 1
    run = world.trigger(FLOW, {"extract": False, "spot": True})
    run.ends("success")
    states = run.states()
    assert states["extract"] == states["map_concepts"] == {"skipped"}
    assert {name: states[name] for name in (*TEXT, "write_kg")} == {name: {"success"} for name in (*TEXT, "write_kg")}
    assert not [pod for pod in world.pods.of(run) if pod.step in {"extract", "map_concepts"}]
    assert on_spot_nodes(world, run) == {"embed_splade"}


def test_a_pod_that_is_deleted_while_it_runs_is_made_again(world: World) -> None:
    world.application.batches = 1
    world.play({"ingest": [{"fake/run-for": "10m"}, {}]})
    run = world.trigger(FLOW, {"extract": False})
    first = world.pods.await_running(run, "ingest")
    world.cluster.core.delete_namespaced_pod(first.name, world.namespace, grace_period_seconds=0)
    run.ends("success")
    assert run.one("ingest").tries == 2
    assert len(world.pods.of(run, "ingest")) == 2


def test_a_pod_whose_worker_was_killed_is_found_again_and_not_doubled(world: World) -> None:
    world.play({"ingest": [{"fake/run-for": "40s"}]})
    run = world.trigger(FLOW)
    pod = world.pods.await_running(run, "ingest")
    world.airflow.kill_worker_of(run.one("ingest"))
    task = run.reaches("ingest", "success")
    assert task.tries == 2, "the worker's end was not noticed"
    assert world.pods.of(run, "ingest") == [pod]
    assert pod.phases[-1] == "Succeeded"


def test_runs_at_once_respect_the_pools(world: World) -> None:
    world.application.batches = 5
    world.play({"ingest": [{"fake/run-for": "5s"}], "embed_splade": [{"fake/run-for": "12s"}]})
    # Two sources of one operator.
    runs = [world.trigger(f"auto_flow_nonpdf.{source}", {"extract": False}) for source in ("pmc", "pubmed")]
    for run in runs:
        run.ends("success", 400)
    slots = world.flows["pools"]
    assert slots["source_ncbi"]["slots"] == 1
    assert world.pods.most_at_once(["ingest"], *runs) == 1
    # More pods than slots: all of these are used, and no more.
    assert world.pods.most_at_once(["guard_gpu_splade", "embed_splade"], *runs) == slots["gpu_splade"]["slots"] == 4


def test_thirty_batches_go_through_all_steps(world: World) -> None:
    world.application.batches = 30
    run = world.trigger(FLOW)
    run.ends("success", 900)
    tasks = run.tasks()
    done = {name: sum(task.task == f"batch.{name}" and task.state == "success" for task in tasks) for name in BATCH}
    assert done == dict.fromkeys(BATCH, 30)
    assert {name: len(world.pods.of(run, name)) for name in BATCH} == dict.fromkeys(BATCH, 30)
    at_once = {name: world.pods.most_at_once([name], run) for name in BATCH}
    assert max(at_once.values()) <= world.flows["batches"]["atOnce"], at_once
