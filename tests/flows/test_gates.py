"""pdf_flow and its gates: who may open them, what counts, and what survives."""

import time
from typing import Any

import pytest
from medkg_flows.metrics import GATE_WAITED

from support.api import Run
from support.processes import eventually
from support.world import World

FLOW = "pdf_flow"
FIRST, SECOND = "approve_mineru", "approve_postpdf"
DOCUMENTS = [{"uri": f"https://example.org/{name}.pdf", "docKey": name} for name in ("one", "two")]
LEDGER = ("ingest_pdf", "mineru_run", "postpdf_start")
LATER = (
    *("guard_gpu_mineru", "mineru_run", "ir", SECOND, f"{SECOND}_recorded", "guard_gpu_splade", "guard_vllm"),
    *("postpdf_start", "chunk", "facet", "embed_splade", "embed_qwen", "index", "extract", "map_concepts", "write_kg"),
)


def begin(world: World, **conf: Any) -> Run:
    return world.trigger(FLOW, {"documents": DOCUMENTS, **conf})


def asks(run: Run, gate: str) -> dict[str, Any]:
    """Waits until the gate waits for an answer."""

    def question() -> dict[str, Any] | None:
        if run.one(gate).state != "awaiting_input":
            return None
        found = run.question(gate)
        return None if found["response_received"] else found

    return run.sees(f"{gate} asks", question)


def decides(world: World, run: Run, gate: str, option: str, reason: str) -> None:
    """Answers as soon as that is possible. A gate that was answered too soon asks again, and is answered again."""

    def decided() -> bool | None:
        if run.one(gate).state == "success":
            return True
        answer = run.answer(gate, world.people["ada"], option, {"reason": reason})
        # Before the question, and after an answer that is not yet taken.
        assert answer.ok or answer.status_code in {404, 409}, answer.text
        return None

    run.sees(f"{gate} is decided", decided)


def decisions(world: World, run: Run, gate: str) -> list[dict[str, Any]]:
    """What was written of a gate beside the artifacts."""
    return [world.application.read(key) for key in world.application.keys(f"{world.store_of(run)}/approvals/{gate}/")]


@pytest.mark.core
def test_only_an_answer_with_a_reason_of_somebody_with_the_right_opens_a_gate(world: World) -> None:
    run = begin(world)
    question = asks(run, FIRST)
    assert all(document["docKey"] in question["body"] for document in DOCUMENTS)

    for person in ("eve", "reader"):  # one who may edit runs but is no approver, and one who may only look
        assert run.answer(FIRST, world.people[person], "Approve", {"reason": "why not"}).status_code == 403
    assert run.answer(FIRST, world.people["ada"], "Perhaps", {"reason": "unsure"}).status_code in {400, 422}
    for given in ({}, {"reason": ""}, {"reason": "  "}, {"reason": 7}, {"because": "so"}):
        assert run.answer(FIRST, world.people["ada"], "Approve", given).ok
        asks(run, FIRST)
    assert decisions(world, run, FIRST) == []
    assert not [pod for pod in world.pods.of(run) if pod.step == "mineru_run"]

    decides(world, run, FIRST, "Approve", "checked both")
    run.reaches(f"{FIRST}_recorded", "success")
    (decision,) = decisions(world, run, FIRST)
    assert (decision["decision"], decision["reason"], decision["by"]["id"]) == ("approved", "checked both", "ada")
    assert decision["documents"] == DOCUMENTS
    run.reaches("guard_gpu_mineru", "success")


def test_from_end_to_end_with_both_gates_approved_at_once(world: World) -> None:
    world.play({step: [{"fake/run-for": "3s"}] for step in LEDGER})
    run = begin(world)
    decides(world, run, FIRST, "Approve", "first")
    decides(world, run, SECOND, "Approve", "second")
    run.ends("success")
    states = run.states()
    assert {name: states[name] for name in LATER} == {name: {"success"} for name in LATER}
    assert [len(decisions(world, run, gate)) for gate in (FIRST, SECOND)] == [1, 1]
    assert [len(world.pods.of(run, step)) for step in LEDGER] == [2, 2, 1]
    assert world.pods.most_at_once(LEDGER, run) == 1
    for gate in (FIRST, SECOND):
        world.metrics.hears(GATE_WAITED, dag_id=FLOW, gate=gate, decision="approved")


def test_a_rejection_skips_everything_later_and_is_written_down(world: World) -> None:
    run = begin(world)
    asks(run, FIRST)
    decides(world, run, FIRST, "Reject", "the wrong files")
    eventually("the run ends", 60, lambda: run.state in {"success", "failed"} or None)
    assert run.state == "success"
    states = run.states()
    assert {name: states[name] for name in LATER} == {name: {"skipped"} for name in LATER}
    (decision,) = decisions(world, run, FIRST)
    assert (decision["decision"], decision["reason"], decision["by"]["id"]) == ("rejected", "the wrong files", "ada")
    assert {pod.step for pod in world.pods.of(run)} == {"ingest_pdf"}


def test_a_gate_survives_the_end_of_everything(world: World) -> None:
    run = begin(world)
    asks(run, FIRST)
    world.airflow.kill()
    assert world.airflow.processes() == []
    world.airflow.start()
    asks(run, FIRST)
    started = time.monotonic()
    decides(world, run, FIRST, "Approve", "still good")
    run.reaches(f"{FIRST}_recorded", "success")
    assert time.monotonic() - started < 60
    run.reaches("guard_gpu_mineru", "success")
    (decision,) = decisions(world, run, FIRST)
    assert decision["reason"] == "still good"


def test_an_open_gate_is_told_of_once_for_each_age(world: World) -> None:
    run = begin(world)
    asks(run, FIRST)
    for _ in range(2):
        world.trigger("gate_reminder").ends("success")
    (labels,) = world.alerts_of(run)
    assert (labels["alertname"], labels["dag_id"], labels["gate"], labels["hours"]) == (
        *("MedkgGateWaits", FLOW, FIRST),
        "0",
    )
