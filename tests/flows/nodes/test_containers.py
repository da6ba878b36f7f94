"""A flow whose steps are real containers: their logs are followed, and they end with codes of their own.

What stands in for the application is a script (scripts/test-flows.mjs): it says what it was asked for, and `med ingest`
ends as its source asks.
"""

import re
from itertools import groupby

import pytest

from support.world import World

ASKED = "asked for"


def flow(source: str) -> str:
    return f"auto_flow_nonpdf.{source}"


@pytest.mark.core
def test_all_steps_run_and_their_logs_are_followed(world: World) -> None:
    world.application.batches = 1
    run = world.trigger(flow("pmc"))
    pod = world.pods.await_running(run, "ingest")
    begun = run.sees("the log of a container that runs", lambda: _says(run.log(run.one("ingest")), "document 2 of"))
    assert "document 12 of" not in begun
    assert pod.phases[-1] == "Running"
    run.ends("success")
    told = re.findall(r"document (\d+) of 12", run.log(run.one("ingest")))
    # A log whose stream ends is asked for once more, from its last second on: what was said then may stand twice.
    assert [int(number) for number, _ in groupby(told)] == list(range(1, 13))
    pods = world.pods.of(run)
    assert len(pods) == 13
    for each in pods:
        said = run.log(run.one(each.step))
        assert 1 <= said.count(ASKED) <= 2, said
        assert f"{ASKED} {each.program} {' '.join(each.args)}".strip() in said
        assert each.phases[-1] == "Succeeded"
        assert each.gone


def _says(log: str, what: str) -> str | None:
    return log if what in log else None


@pytest.mark.parametrize(
    ("source", "verdict", "last_words"),
    [
        ("nice", "ended with the fatal exit code 65: ", "document 7 cannot be read"),
        ("medrxiv", "found no GPU (exit code 99): ", "nothing answers"),
        ("clinicaltrials", "was killed because its memory was used up", ""),
    ],
)
def test_an_end_that_is_final_is_not_tried_again(world: World, source: str, verdict: str, last_words: str) -> None:
    run = world.trigger(flow(source))
    run.ends("failed")
    task = run.one("ingest")
    assert (task.state, task.tries) == ("failed", 1)
    _, found, after = run.log(task).partition(verdict)
    assert found
    assert last_words in after
    assert len(world.pods.of(run, "ingest")) == 1


def test_any_other_code_is_tried_again_and_the_next_pod_finds_what_the_first_one_wrote(world: World) -> None:
    world.application.batches = 1
    run = world.trigger(flow("uspstf"), {"extract": False})
    task = run.reaches("ingest", "success")
    assert task.tries == 2
    assert [pod.phases[-1] for pod in world.pods.of(run, "ingest")] == ["Failed", "Succeeded"]
