"""auto_flow_nonpdf from end to end."""

import pytest

from support.world import World

FLOW = "auto_flow_nonpdf.pmc"
ONCE = ("guard_gpu_splade", "guard_vllm", "ingest", "plan", "batches")
BATCH = ("parse", "ir", "chunk", "facet", "embed_splade", "embed_qwen", "index", "extract", "map_concepts", "write_kg")


@pytest.mark.core
def test_two_batches_from_end_to_end(world: World) -> None:
    run = world.trigger(FLOW)
    run.ends("success")
    states = run.states()
    assert {name: states[name] for name in (*ONCE, *BATCH)} == {name: {"success"} for name in (*ONCE, *BATCH)}
    assert {name: len(run.of(name)) for name in BATCH} == dict.fromkeys(BATCH, 2)
    # One pod a task, and no task twice.
    assert {name: len(world.pods.of(run.run, name)) for name in BATCH} == dict.fromkeys(BATCH, 2)
