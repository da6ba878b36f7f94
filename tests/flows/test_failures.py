"""Which failures are tried again, and who hears of those that are final."""

import time

import pytest
from medkg_flows.metrics import RUN_FAILED

from support.processes import eventually
from support.world import World
from test_auto_flow import FLOW


@pytest.mark.parametrize(
    ("code", "said"), [("99", "found no GPU (exit code 99)"), ("65", "ended with the fatal exit code 65")]
)
def test_no_gpu_and_a_fatal_code_are_not_tried_again(world: World, code: str, said: str) -> None:
    world.play({"ingest": [{"fake/exit-code": code}]})
    run = world.trigger(FLOW)
    run.ends("failed")
    task = run.one("ingest")
    # Its class has ten attempts.
    assert (task.state, task.tries) == ("failed", 1)
    assert said in run.log(task)
    assert len(world.pods.of(run, "ingest")) == 1
    assert run.one("plan").state == "upstream_failed"


def test_a_step_that_fails_for_good_is_told_once(world: World) -> None:
    world.play({"plan": [{"fake/exit-code": "1"}]})
    run = world.trigger(FLOW)
    run.ends("failed")
    assert run.one("plan").tries == world.flows["retryClasses"]["default"]["attempts"] == 3
    assert len(world.pods.of(run, "plan")) == 3

    eventually("Alertmanager is told", 60, lambda: world.alerts_of(run) or None)
    time.sleep(8)
    (labels,) = world.alerts_of(run)
    assert (labels["alertname"], labels["dag_id"]) == ("MedkgFlowFailed", FLOW)
    assert {(method, path) for method, path, _ in world.alertmanager.received} == {("POST", "/api/v2/alerts")}
    world.metrics.hears(RUN_FAILED, dag_id=FLOW)
