"""A gate takes an approver's answer with a reason, asks again after any other, and never fails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk import DAG
from airflow.sdk.exceptions import DownstreamTasksSkipped, TaskAwaitingInput

from medkg_flows import gate as gate_module
from medkg_flows.gate import Gate

pytestmark = pytest.mark.fixture

ASKED = datetime(2026, 11, 24, 10, tzinfo=UTC)
CURATOR = {"id": "curator", "name": "curator"}


def event(**changes: Any) -> dict[str, Any]:
    return {
        "chosen_options": ["Approve"],
        "params_input": {"reason": "looks right"},
        "responded_at": ASKED + timedelta(minutes=3),
        "responded_by_user": CURATOR,
        "timedout": False,
        **changes,
    }


class Ti:
    """The task instance as far as a gate uses it."""

    id = "0192"
    map_index = -1
    start_date = ASKED

    def __init__(self) -> None:
        self.pushed: dict[str, Any] = {}

    def xcom_push(self, key: str, value: Any) -> None:
        self.pushed[key] = value


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was asked of the API server again."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(gate_module, "upsert_hitl_detail", lambda **given: calls.append(given))
    return calls


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float, dict[str, str]]]:
    metrics: list[tuple[str, float, dict[str, str]]] = []
    monkeypatch.setattr(
        gate_module, "record", lambda metric, value, **labels: metrics.append((metric.name, value, labels))
    )
    return metrics


def lone_gate() -> Gate:
    with DAG("gates", schedule=None, params={"documents": []}):
        return Gate(task_id="approve", subject="May it?", body="these")


def answer(gate: Gate, given: dict[str, Any]) -> Ti:
    ti = Ti()
    gate.execute_complete({"ti": ti, "task": gate}, given)  # type: ignore[typeddict-item]
    return ti


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("no form", {"params_input": {}}),
    ("no form at all", {"params_input": None}),
    ("an empty reason", {"params_input": {"reason": ""}}),
    ("a blank reason", {"params_input": {"reason": " \n\t"}}),
    ("a reason that is no text", {"params_input": {"reason": 7}}),
    ("a reason without end", {"params_input": {"reason": "x" * 4001}}),
    ("more than the form has", {"params_input": {"reason": "r", "force": True}}),
    ("another form", {"params_input": {"why": "r"}}),
    ("no choice", {"chosen_options": []}),
    ("two choices", {"chosen_options": ["Approve", "Reject"]}),
    ("a choice that was not offered", {"chosen_options": ["Perhaps"]}),
    ("a choice that is no list", {"chosen_options": None}),
    ("somebody without rights", {"responded_by_user": {"id": "viewer", "name": "viewer"}}),
    ("nobody", {"responded_by_user": None}),
    ("an error", {"error": "no such thing", "error_type": "validation"}),
]


@pytest.mark.parametrize("choice", ["Approve", "Reject"])
@pytest.mark.parametrize("change", [change for _, change in WRONG], ids=[said for said, _ in WRONG])
def test_an_answer_that_does_not_count_is_taken_away_and_asked_for_again(
    asked: list[dict[str, Any]], recorded: list[Any], change: dict[str, Any], choice: str
) -> None:
    gate, ti = lone_gate(), Ti()
    with pytest.raises(TaskAwaitingInput) as waits:
        gate.execute_complete(
            {"ti": ti, "task": gate},  # type: ignore[typeddict-item]
            event(**{"chosen_options": [choice], **change}),
        )
    assert waits.value.method_name == "execute_complete"
    assert waits.value.timeout is None
    assert [call["ti_id"] for call in asked] == [Ti.id]
    assert asked[0]["params"]["reason"]["value"] == ""
    assert ti.pushed == {}
    assert recorded == []


def test_an_approval_with_a_reason_lets_the_run_go_on(asked: list[Any], recorded: list[Any]) -> None:
    ti = answer(lone_gate(), event(params_input={"reason": "  looks right "}))
    assert asked == []
    assert ti.pushed["decision"] == {
        "gate": "approve",
        "decision": "approved",
        "by": CURATOR,
        "at": "2026-11-24T10:03:00+00:00",
        "reason": "looks right",
    }
    assert recorded == [
        ("medkg.flow.gate.waited", 180_000.0, {"dag_id": "gates", "gate": "approve", "decision": "approved"})
    ]


def test_after_a_wrong_answer_a_right_one_counts(asked: list[Any], recorded: list[Any]) -> None:
    gate = lone_gate()
    with pytest.raises(TaskAwaitingInput):
        answer(gate, event(params_input={"reason": 7}))
    assert answer(gate, event()).pushed["decision"]["decision"] == "approved"


@pytest.mark.parametrize("gate_id", ["approve_mineru", "approve_postpdf"])
def test_a_rejection_skips_all_later_tasks_but_its_record(
    dags: dict[str, Any], recorded: list[Any], gate_id: str
) -> None:
    dag = dags["pdf_flow"]
    gate, ti = dag.get_task(gate_id), Ti()
    with pytest.raises(DownstreamTasksSkipped) as skipped:
        gate.execute_complete({"ti": ti, "task": gate}, event(chosen_options=["Reject"]))
    later = gate.get_flat_relative_ids(upstream=False)
    assert len(later) > 10
    assert set(skipped.value.tasks) == later - {f"{gate_id}_recorded"}
    assert set(ti.pushed["skipmixin_key"]["skipped"]) == set(skipped.value.tasks)
    assert ti.pushed["decision"]["decision"] == "rejected"


def test_the_default_of_the_form_passes_so_that_the_gate_can_wait() -> None:
    lone_gate().params.validate()


def test_the_form_has_the_reason_only(dags: dict[str, Any]) -> None:
    for gate_id in ("approve_mineru", "approve_postpdf"):
        assert set(dags["pdf_flow"].get_task(gate_id).serialized_params) == {"reason"}


def test_a_gate_waits_without_end_and_names_its_approvers(asked: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.providers.standard.operators import hitl

    monkeypatch.setattr(hitl, "upsert_hitl_detail", lambda **given: asked.append(given))
    gate = lone_gate()
    with pytest.raises(TaskAwaitingInput) as waits:
        gate.execute({"task_instance": SimpleNamespace(id="0192")})  # type: ignore[typeddict-item]
    assert waits.value.timeout is None
    assert asked[0]["assigned_users"] == [CURATOR]
    assert asked[0]["options"] == ["Approve", "Reject"]
    assert asked[0]["defaults"] is None


def test_a_gate_that_the_scheduler_failed_is_asked_again(dags: dict[str, Any]) -> None:
    """An answer that comes before Airflow has noted the wait makes its scheduler fail the task: retries catch that."""
    for gate_id in ("approve_mineru", "approve_postpdf"):
        gate = dags["pdf_flow"].get_task(gate_id)
        assert gate.retries >= 20
        assert gate.retry_delay <= timedelta(seconds=1)
        assert gate.fail_on_reject is False
        assert gate.ignore_downstream_trigger_rules is True
        assert gate.execution_timeout is None


def test_a_gate_lists_the_documents(dags: dict[str, Any]) -> None:
    dag = dags["pdf_flow"]
    documents = [{"uri": "https://example.org/a.pdf", "docKey": "a"}, {"uri": "s3://b/c.pdf", "docKey": "c"}]
    for gate_id in ("approve_mineru", "approve_postpdf"):
        body = dag.get_template_env().from_string(dag.get_task(gate_id).body)
        listed = body.render(params={"documents": documents}, run_id="manual__1")
        assert "2 documents of run manual__1" in listed
        assert "- `a` from https://example.org/a.pdf\n- `c` from s3://b/c.pdf\n" in listed
