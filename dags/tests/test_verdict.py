"""Which of the three failures a step ends with, from what the cluster says of its pod."""

from __future__ import annotations

from typing import Any

import pytest
from airflow.providers.cncf.kubernetes.utils.pod_manager import PodLaunchTimeoutException
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from kubernetes import client as k8s
from kubernetes.client.exceptions import ApiException

from medkg_flows.guard import GpuGuard
from medkg_flows.step import NoGpu, OptionalStep, Step, StepFatal, StepTransient

pytestmark = pytest.mark.fixture

FAILED = AirflowException("Pod p returned a failure.")


def ended(code: int, reason: str = "Error", message: str | None = None, **status: Any) -> k8s.V1Pod:
    terminated = k8s.V1ContainerStateTerminated(exit_code=code, reason=reason, message=message)
    return pod(k8s.V1ContainerState(terminated=terminated), phase="Failed", **status)


def waiting(reason: str) -> k8s.V1Pod:
    return pod(k8s.V1ContainerState(waiting=k8s.V1ContainerStateWaiting(reason=reason, message="no")), phase="Pending")


def pod(state: k8s.V1ContainerState | None, **status: Any) -> k8s.V1Pod:
    statuses = None
    if state is not None:
        statuses = [
            k8s.V1ContainerStatus(name="base", image="i", image_id="", ready=False, restart_count=0, state=state)
        ]
    return k8s.V1Pod(
        metadata=k8s.V1ObjectMeta(name="p", namespace="medkg"),
        status=k8s.V1PodStatus(container_statuses=statuses, **status),
    )


def verdict(last_seen: k8s.V1Pod | None, error: Exception = FAILED, step: Step | None = None) -> AirflowException:
    step = step or Step(step="parse")
    step.pod = pod(None)
    step.last_seen = last_seen
    return step.verdict(error)


DISRUPTED = [k8s.V1PodCondition(type="DisruptionTarget", status="True", reason="PreemptionByScheduler", message="m")]


@pytest.mark.parametrize(
    ("last_seen", "kind", "said"),
    [
        (ended(1), StepTransient, "exit code 1"),
        (ended(137), StepTransient, "exit code 137"),
        (ended(143, conditions=DISRUPTED), StepTransient, "PreemptionByScheduler"),
        (ended(2), StepFatal, "fatal exit code 2"),
        (ended(65, message="no title in pmc:1"), StepFatal, "no title in pmc:1"),
        (ended(99), NoGpu, "no GPU"),
        (ended(137, reason="OOMKilled"), StepFatal, "higher memory limit"),
        (pod(None, phase="Failed", reason="Evicted", message="disk"), StepTransient, "Evicted: disk"),
        (pod(None, phase="Failed", reason="NodeLost", message="node"), StepTransient, "NodeLost"),
        (None, StepTransient, "is gone"),
        (waiting("InvalidImageName"), StepFatal, "InvalidImageName"),
        (waiting("ImagePullBackOff"), StepTransient, "returned a failure"),
        (pod(None, phase="Unknown"), StepTransient, "returned a failure"),
    ],
)
def test_verdict(last_seen: k8s.V1Pod | None, kind: type[AirflowException], said: str) -> None:
    found = verdict(last_seen)
    assert type(found) is kind
    assert said in str(found)


def test_only_transient_failures_are_tried_again() -> None:
    assert issubclass(StepFatal, AirflowFailException)
    assert issubclass(NoGpu, AirflowFailException)
    assert not issubclass(StepTransient, AirflowFailException)
    for kind in (StepFatal, NoGpu, StepTransient):
        assert not issubclass(kind, AirflowSkipException)


def after_timeout() -> Exception:
    """As the operator leaves it: the time-out is the context of what its cleaning raises."""
    error = AirflowException("Pod p returned a failure.")
    error.__context__ = PodLaunchTimeoutException("too long to be scheduled")
    return error


def test_a_pod_that_no_node_takes_is_tried_again_and_for_a_guard_means_no_gpu() -> None:
    assert type(verdict(pod(None, phase="Pending"), after_timeout())) is StepTransient
    found = verdict(pod(None, phase="Pending"), after_timeout(), GpuGuard(pool_name="splade"))
    assert type(found) is NoGpu
    assert "within 120 s" in str(found)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(422, StepFatal), (400, StepFatal), (403, StepTransient), (500, StepTransient)],
)
def test_a_pod_that_cannot_be_made(status: int, kind: type[AirflowException]) -> None:
    found = Step(step="parse").verdict(ApiException(status=status, reason="because"))
    assert type(found) is kind


class Cluster:
    """Stands for the pod manager: it answers what the cluster would about the one pod."""

    def __init__(self, answers: list[k8s.V1Pod | ApiException]) -> None:
        self.answers = answers

    def read_pod(self, _: k8s.V1Pod) -> k8s.V1Pod:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, ApiException):
            raise answer
        return answer


@pytest.mark.parametrize(
    ("seen", "answers", "expected"),
    [
        (pod(None, phase="Pending"), [ApiException(status=404)], None),
        (pod(None, phase="Pending"), [pod(None, phase="Failed", reason="Evicted")], "Evicted"),
        (ended(7), [ApiException(status=404)], "ended"),
        (pod(None, phase="Running", reason="old"), [ApiException(status=500)], "old"),
    ],
)
def test_the_newest_state_decides(seen: k8s.V1Pod, answers: list[Any], expected: str | None) -> None:
    step = Step(step="parse")
    step.pod = pod(None)
    step.__dict__["pod_manager"] = Cluster(answers)
    newest = step._newest(seen)
    if expected is None:
        assert newest is None
    elif expected == "ended":
        assert newest is seen
    else:
        assert newest is not None
        assert newest.status.reason == expected


def test_what_the_operator_raises_becomes_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator

    def fail(self: Any, _: Any) -> None:
        self.pod, self.last_seen = pod(None), ended(99)
        raise FAILED

    monkeypatch.setattr(KubernetesPodOperator, "execute", fail)
    with pytest.raises(NoGpu):
        Step(step="parse").execute({})


@pytest.mark.parametrize("wanted", [True, False])
def test_an_optional_step_is_skipped_before_it_has_a_pod(monkeypatch: pytest.MonkeyPatch, wanted: bool) -> None:
    from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator

    made: list[str] = []
    monkeypatch.setattr(KubernetesPodOperator, "execute", lambda self, _: made.append(self.step))
    step = OptionalStep(step="extract", parameter="extract")
    if wanted:
        step.execute({"params": {"extract": True}})
    else:
        with pytest.raises(AirflowSkipException):
            step.execute({"params": {"extract": False}})
    assert made == (["extract"] if wanted else [])
