"""The pod of every task, made by the operator itself, is its template but for what `OPERATOR_SETS` lists."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from kubernetes.client import ApiClient, Configuration

from medkg_flows.settings import settings
from medkg_flows.step import OPERATOR_SETS, Step

TAKES_ENV = {"MEDKG_RUN": "manual__1"}


def steps(dags: dict[str, Any]) -> list[Step]:
    found = [task for dag in dags.values() for task in dag.tasks if isinstance(task, Step)]
    assert found
    return found


def context(step: Step, **params: Any) -> dict[str, Any]:
    ti = SimpleNamespace(
        dag_id=step.dag_id, task_id=step.task_id, run_id="manual__1", map_index=3, try_number=1, id="0"
    )
    defaults = {name: step.dag.params.get_param(name).value for name in step.dag.params}
    return {"ti": ti, "dag": step.dag, "run_id": "manual__1", "params": {**defaults, **params}}


def rendered(step: Step, where: dict[str, Any]) -> Step:
    """The step as a worker has it, its batch resolved."""
    resolved = copy.copy(step)
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701
    given = step.arguments if isinstance(step.arguments, list) else ["resolved-by-airflow"]
    resolved.arguments = [
        environment.from_string(each).render(**where) if isinstance(each, str) else "s3://bucket/key" for each in given
    ]
    resolved.pod_template_file = environment.from_string(step.pod_template_file or "").render(**where)
    return resolved


def pod_of(step: Step, **params: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The pod that would be sent, and the template that it was made from."""
    where = context(step, **params)
    task: Any = rendered(step, where)
    task.__dict__["hook"] = SimpleNamespace(is_in_cluster=True, get_namespace=lambda: "elsewhere")
    pod = ApiClient(Configuration()).sanitize_for_serialization(task.build_pod_request_obj(where))
    return pod, json.loads(Path(str(task.pod_template_file)).read_text(encoding="utf-8"))


def differences(pod: Any, template: Any, place: str = "") -> set[str]:
    """Places where the pod is not its template; empty lists and maps that were added are no difference."""
    if isinstance(pod, dict) and isinstance(template, dict):
        return {
            found
            for key in pod.keys() | template.keys()
            for found in differences(pod.get(key), template.get(key), f"{place}.{key}" if place else key)
        }
    if isinstance(pod, list) and isinstance(template, list) and len(pod) == len(template):
        return {
            found
            for index, pair in enumerate(zip(pod, template, strict=True))
            for found in differences(*pair, f"{place}[{index}]")
        }
    if ".resources." in place:
        # Quantities: the operator makes texts of numbers.
        pod, template = str(pod), str(template)
    return set() if pod == template or (template is None and pod in ({}, [])) else {place}


def allowed(place: str) -> bool:
    return any(place == known or place.startswith(f"{known}.") for known in OPERATOR_SETS)


def test_each_pod_is_its_template_but_for_the_listed_differences(
    dags: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    pods = []
    for step in steps(dags):
        pod, template = pod_of(step)
        pods.append(pod)
        found = differences(pod, template)
        assert {place for place in found if not allowed(place)} == set(), (step.dag_id, step.task_id)
        assert "spec.containers[0].env" not in found, f"{step.task_id}: no flow adds variables"
    if file := request.config.getoption("--pods"):
        Path(file).write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": pods}), encoding="utf-8")


def test_the_differences_are_what_they_are_said_to_be(dags: dict[str, Any]) -> None:
    for step in steps(dags):
        pod, template = pod_of(step)
        assert pod["metadata"]["name"].startswith(template["metadata"]["name"][:40])
        assert pod["metadata"]["labels"].items() >= template["metadata"]["labels"].items()
        assert pod["spec"]["hostNetwork"] is False
        assert pod["metadata"]["namespace"] == "medkg"
        assert len(pod["spec"]["containers"]) == 1


def test_names_of_variables_are_unique(dags: dict[str, Any]) -> None:
    for step in steps(dags):
        names = [variable["name"] for variable in pod_of(step)[0]["spec"]["containers"][0]["env"]]
        assert len(names) == len(set(names)), step.task_id


def test_no_step_has_xcom_or_a_code_that_skips(dags: dict[str, Any]) -> None:
    for step in steps(dags):
        assert step.do_xcom_push is False
        assert step.skip_on_exit_code == []
        assert step.on_finish_action.value == "delete_pod"
        assert step.durable is True
        assert step.deferrable is False


@pytest.mark.parametrize(
    "given",
    [{"do_xcom_push": True}, {"skip_on_exit_code": 99}, {"on_finish_action": "keep_pod"}],
)
def test_a_flow_cannot_choose_them(given: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="not for a flow to choose"):
        Step(step="parse", **given)


@pytest.mark.fixture
def test_a_variable_of_the_template_cannot_be_given_again() -> None:
    with pytest.raises(ValueError, match="APP_ENV"):
        Step(step="parse", env={"APP_ENV": "dev"})


def test_a_variable_of_the_run_is_added_once() -> None:
    step = Step(step="parse", env=TAKES_ENV)
    pod, template = pod_of_detached(step)
    assert differences(pod, template) - {"metadata.name"} <= {
        "spec.containers[0].env",
        "spec.containers[0].args",
        *(place for place in differences(pod, template) if allowed(place)),
    }
    assert [v for v in pod["spec"]["containers"][0]["env"] if v["name"] == "MEDKG_RUN"] == [
        {"name": "MEDKG_RUN", "value": "manual__1"}
    ]


def pod_of_detached(step: Step) -> tuple[dict[str, Any], dict[str, Any]]:
    from airflow.sdk import DAG

    with DAG("detached", schedule=None) as dag:
        step.dag = dag
    return pod_of(step)


def test_only_the_run_parameter_selects_spot_nodes(dags: dict[str, Any]) -> None:
    for step in steps(dags):
        spot, _ = pod_of(step, spot=True)
        usual, _ = pod_of(step, spot=False)
        differs = spot["spec"].get("tolerations") != usual["spec"].get("tolerations")
        declared = settings().step(step.step)
        assert differs == declared.spot, step.task_id


@pytest.mark.fixture
def test_the_template_says_the_command_and_the_flow_the_arguments(dags: dict[str, Any]) -> None:
    by_task = {task.task_id: task for task in dags["auto_flow_nonpdf.pmc"].tasks if isinstance(task, Step)}
    run = "s3://medkg-prod-artifacts/v1/flows/auto_flow_nonpdf.pmc/manual__1"
    key = "s3://bucket/key"

    def said(name: str) -> list[str]:
        args: list[str] = pod_of(by_task[name])[0]["spec"]["containers"][0].get("args", [])
        return args

    def report(step: str) -> list[str]:
        return ["--report", f"{run}/reports/{step}/0003.json"]

    ledger = "/var/lib/medkg/ledgers/pmc.jsonl"
    assert said("guard_gpu_splade") == []
    assert said("ingest") == ["pmc", "--auto", "--resume", "--ledger", ledger]
    assert said("plan") == ["--ledger", ledger, "--size", "50", "--most", "200", "--out", f"{run}/plan.json"]
    assert said("batch.parse") == ["--doc-uris", key, *report("parse")]
    assert said("batch.ir") == ["--doc-ids", key, *report("ir")]
    assert said("batch.chunk") == ["--doc-ids", key, "--profile", "imrad", *report("chunk")]
    assert said("batch.facet") == ["--chunk-ids", key, *report("facet")]
    assert said("batch.embed_splade") == ["--chunk-ids", key, "--modality", "splade", *report("embed_splade")]
    assert said("batch.embed_qwen") == ["--chunk-ids", key, "--modality", "dense", *report("embed_qwen")]
    assert said("batch.index") == ["--chunks", key, *report("index")]
    assert said("batch.extract") == ["--doc-ids", key, *report("extract")]
    assert said("batch.map_concepts") == ["--doc-ids", key, *report("map_concepts")]
    assert said("batch.write_kg") == ["--doc-ids", key, *report("write_kg")]


@pytest.mark.fixture
def test_the_pdf_flow_gives_its_own_arguments(dags: dict[str, Any]) -> None:
    by_task = {task.task_id: task for task in dags["pdf_flow"].tasks if isinstance(task, Step)}
    run = "s3://medkg-prod-artifacts/v1/flows/pdf_flow/manual__1"

    def said(name: str) -> list[str]:
        args: list[str] = pod_of(by_task[name])[0]["spec"]["containers"][0].get("args", [])
        return args

    batch = f"{run}/batches/0000.json"
    assert said("ir") == ["--doc-ids", batch, "--report", f"{run}/reports/ir/0003.json"]
    assert said("chunk")[:4] == ["--doc-ids", batch, "--profile", "guideline"]
    assert said("postpdf_start") == ["--steps", "ir->chunk->facet->embed->index"]
    for name, expected in {
        "fetch.ingest_pdf": ["--uri", "https://example.org/a.pdf", "--doc-key", "a"],
        "ocr.mineru_run": ["--doc-key", "a", "--fail-if-no-gpu"],
    }.items():
        group: Any = by_task[name].get_closest_mapped_task_group()
        (to_arguments,) = group._expand_input.value["arguments"].callables
        assert to_arguments({"uri": "https://example.org/a.pdf", "docKey": "a"}) == expected


@pytest.mark.fixture
def test_a_stage_of_a_catalog_knows_its_vocabulary_and_its_run(dags: dict[str, Any]) -> None:
    dag = dags["catalog_refresh_flow.snomed"]
    for name in ("download", "parse", "normalize", "enrich", "merge", "embed", "write", "validate", "publish"):
        pod, _ = pod_of(dag.get_task(name))
        run = "s3://medkg-prod-artifacts/v1/flows/catalog_refresh_flow.snomed/manual__1"
        assert pod["spec"]["containers"][0]["args"] == [name, "--vocabulary", "snomed", "--run", run]
