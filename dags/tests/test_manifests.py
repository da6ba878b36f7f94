"""What is read from object storage is checked, what is written can be read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from medkg_flows import gate, manifests, plan
from medkg_flows.manifests import BadManifest, batch_keys, documents_by_step, run_folder
from medkg_flows.metrics import DOCUMENTS, GATE_WAITED, METRICS, STEP_STATE, record
from medkg_flows.settings import settings

pytestmark = pytest.mark.fixture


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = replace(settings(), object_store=f"file://{tmp_path}", batches=replace(settings().batches, most=2))
    monkeypatch.setattr(manifests, "settings", lambda: here)
    return tmp_path


@pytest.fixture
def context(store: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    pulled = {
        ("approve_mineru", "decision"): {
            "gate": "approve_mineru",
            "decision": "rejected",
            "by": {"id": "curator", "name": "curator"},
            "at": "2026-11-24T10:03:00.000001+00:00",
            "reason": "scans are upside down",
        }
    }
    context = {
        "dag": SimpleNamespace(dag_id="pdf_flow"),
        "run_id": "manual__2026-11-24T10:00:00+00:00",
        "params": {"documents": [{"uri": "s3://b/a.pdf", "docKey": "a"}]},
        "ti": SimpleNamespace(xcom_pull=lambda task_ids, key: pulled.get((task_ids, key))),
    }
    for module in (gate, plan):
        monkeypatch.setattr(module, "get_current_context", lambda: context)
    return context


def written(store: Path, text: Any) -> str:
    path = store / "plan.json"
    path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
    return f"file://{path}"


def test_keys_of_a_plan(store: Path) -> None:
    address = written(store, {"batches": [{"key": "s3://b/0", "documents": 50}, {"key": "s3://b/1", "documents": 1}]})
    assert batch_keys(address) == ["s3://b/0", "s3://b/1"]
    assert batch_keys(written(store, {"batches": [], "documents": 0})) == []


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({"batches": [{"key": f"s3://b/{n}"} for n in range(3)]}, r"has 3 batches, a run may have 2 \(batches\.most\)"),
        ({"batches": [{"key": "s3://b/0"}, {"key": "s3://b/0"}]}, "names a batch twice"),
        ({"batches": [{"key": ""}]}, r"batches\[0\]\.key: must be an address"),
        ({"batches": ["s3://b/0"]}, r"batches\[0\]\.key: must be an address"),
        ({"batches": {}}, "batches: must be a list"),
        ({}, "batches: must be a list"),
        ([], "must be an object"),
        ("{", "is no JSON"),
    ],
)
def test_a_plan_that_is_wrong(store: Path, plan: Any, said: str) -> None:
    with pytest.raises(BadManifest, match=said):
        batch_keys(written(store, plan))


def test_a_plan_that_was_not_written(store: Path) -> None:
    with pytest.raises(BadManifest, match="was not written"):
        batch_keys(f"file://{store}/plan.json")


def test_reports_are_summed_by_step(store: Path) -> None:
    for step, number, found in (
        ("parse", 0, {"documents": 49, "failed": 1}),
        ("parse", 1, {"documents": 50, "failed": 0}),
        ("index", 0, {"documents": 49}),
    ):
        folder = store / "reports" / step
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:04}.json").write_text(json.dumps(found), encoding="utf-8")
    assert documents_by_step(f"file://{store}/reports") == {
        "index": {"done": 49, "failed": 0},
        "parse": {"done": 99, "failed": 1},
    }
    assert documents_by_step(f"file://{store}/none") == {}


def test_a_decision_is_written_beside_the_artifacts(context: Any, dags: dict[str, Any]) -> None:
    write: Any = dags["pdf_flow"].get_task("approve_mineru_recorded").python_callable
    address = write("approve_mineru")
    assert address == f"{run_folder(context)}/approvals/approve_mineru/20261124T100300000001.json"
    assert json.loads(Path(address.removeprefix("file://")).read_text(encoding="utf-8")) == {
        "gate": "approve_mineru",
        "decision": "rejected",
        "by": {"id": "curator", "name": "curator"},
        "at": "2026-11-24T10:03:00.000001+00:00",
        "reason": "scans are upside down",
        "dagId": "pdf_flow",
        "runId": "manual__2026-11-24T10:00:00+00:00",
        "documents": [{"uri": "s3://b/a.pdf", "docKey": "a"}],
    }


def test_the_documents_of_a_run_become_its_batch(context: Any) -> None:
    documents: Any = plan.documents.function
    assert documents() == [{"uri": "s3://b/a.pdf", "docKey": "a"}]
    batch = f"{run_folder(context)}/batches/0000.json"
    assert json.loads(Path(batch.removeprefix("file://")).read_text(encoding="utf-8")) == {"documents": ["a"]}
    context["params"]["documents"] *= 2
    with pytest.raises(BadManifest, match="given twice: a"):
        documents()


@pytest.mark.parametrize(
    ("documents", "valid"),
    [
        ([{"uri": "https://example.org/a.pdf", "docKey": "nice:ng1#2024"}], True),
        ([], False),
        ([{"uri": "https://example.org/a.pdf"}], False),
        ([{"uri": "file:///etc/passwd", "docKey": "a"}], False),
        ([{"uri": "https://example.org/a.pdf", "docKey": "--ledger"}], False),
        ([{"uri": "https://example.org/a.pdf", "docKey": "a", "more": 1}], False),
        ([{"uri": f"https://example.org/{n}", "docKey": f"a{n}"} for n in range(51)], False),
        ("a", False),
    ],
)
def test_the_schema_of_the_documents(dags: dict[str, Any], documents: Any, valid: bool) -> None:
    param = dags["pdf_flow"].params.get_param("documents")
    assert (param.resolve(documents, suppress_exception=True) is not None) == valid


def test_metrics_are_recorded_as_they_are_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.sdk.observability import stats

    sent: list[tuple[Any, ...]] = []
    for kind in ("gauge", "timing", "incr"):
        monkeypatch.setattr(stats, kind, lambda name, value, tags, kind=kind: sent.append((kind, name, value, tags)))
    record(DOCUMENTS, 7, dag_id="d", step="parse", outcome="done")
    record(GATE_WAITED, 1500.0, dag_id="d", gate="g", decision="approved")
    assert sent == [
        ("gauge", "medkg.flow.documents", 7, {"dag_id": "d", "step": "parse", "outcome": "done"}),
        ("timing", "medkg.flow.gate.waited", 1500.0, {"dag_id": "d", "gate": "g", "decision": "approved"}),
    ]
    with pytest.raises(ValueError, match="has the labels"):
        record(DOCUMENTS, 7, dag_id="d", step="parse")
    with pytest.raises(ValueError, match="is recorded by Airflow"):
        record(STEP_STATE, 1, dag_id="d", task_id="t", state="success")


def test_airflow_records_what_the_list_says_it_does() -> None:
    from airflow.sdk._shared.observability.metrics.metrics_registry import MetricsRegistry

    registry: Any = MetricsRegistry()  # type: ignore[no-untyped-call]
    names = [metric.name for metric in METRICS]
    assert len(names) == len(set(names))
    for metric in METRICS:
        declared = registry.get(metric.name)
        assert (declared is None) == metric.ours, metric.name
        if declared is not None:
            assert declared["type"] == metric.kind, metric.name


def test_the_documents_list_the_metrics() -> None:
    page = (Path(__file__).parents[2] / "docs" / "flows.md").read_text(encoding="utf-8")
    listed = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| `")]
    for metric in METRICS:
        labels = ", ".join(f"`{label}`" for label in metric.labels)
        assert [f"`{metric.name}`", metric.kind, labels, metric.description] in listed, metric.name
