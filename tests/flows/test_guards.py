"""What is missing before a run begins fails it, and nothing runs after that."""

from collections.abc import Iterable

import pytest

from support.api import Run
from support.world import World
from test_auto_flow import FLOW, GUARDS


def judge(world: World, run: Run, guard: str) -> str:
    """The guard failed at its first try, and nothing came after it. Gives what the guard said."""
    run.ends("failed")
    task = run.one(guard)
    assert (task.state, task.tries) == ("failed", 1)
    nothing_ran_but(run, GUARDS)
    assert {pod.step for pod in world.pods.of(run)} <= set(GUARDS)
    return run.log(task)


def nothing_ran_but(run: Run, allowed: Iterable[str]) -> None:
    """No other task has begun; a failure is handed on, a guard skips nothing."""
    others = {name: states for name, states in run.states().items() if name not in allowed}
    assert others
    assert all(states <= {"upstream_failed"} for states in others.values()), others


@pytest.mark.core
def test_without_gpu_nodes_the_guard_fails_and_nothing_runs(world: World) -> None:
    world.cluster.remove_gpu_nodes()
    said = judge(world, world.trigger(FLOW), "guard_gpu_splade")
    assert "NoGpu" in said
    assert "did not start within" in said


def test_a_gpu_that_does_not_work_fails_the_guard(world: World) -> None:
    world.play({"guard_gpu_splade": [{"fake/exit-code": "99"}]})
    assert "found no GPU (exit code 99)" in judge(world, world.trigger(FLOW), "guard_gpu_splade")


def test_vllm_that_answers_503_fails_the_guard(world: World) -> None:
    world.vllm.status = 503
    assert "vLLM answers 503" in judge(world, world.trigger(FLOW), "guard_vllm")


def test_vllm_that_does_not_answer_fails_the_guard(world: World) -> None:
    world.vllm.stop()
    assert "vLLM does not answer" in judge(world, world.trigger(FLOW), "guard_vllm")
