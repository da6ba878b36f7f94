"""A step of a flow: one pod, made from the template that the platform model wrote for it.

A DAG adds what only it knows, arguments and variables of the run. Everything else (image, account, resources, mounts,
security) is in the template, and giving it here a second time is an error.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, ClassVar, cast

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.providers.cncf.kubernetes.utils.pod_manager import PodLaunchTimeoutException
from airflow.sdk import Context
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from kubernetes.client import V1ContainerStatus, V1Pod
from kubernetes.client.exceptions import ApiException

from medkg_flows.retry import BackoffPolicy
from medkg_flows.settings import ExitCodes, settings

KUBERNETES_CONNECTION = "kubernetes_default"

#: What the operator changes in every pod, besides adding empty lists and maps. The tests compare each pod with its
#: template and allow no other difference.
OPERATOR_SETS: Mapping[str, str] = {
    "metadata.name": "the template's name and a random suffix",
    "metadata.labels": "labels by which a later try finds the pod",
    "spec.hostNetwork": "false",
    "spec.containers[0].args": "the arguments that the flow gives",
    "spec.containers[0].env": "the variables that the flow adds",
}

# How much longer than its pod a task may live: it reads the last lines of the log and deletes the pod.
_CLEANING = timedelta(minutes=10)

# Waiting reasons of a container that no second try mends.
_BAD_IMAGES = frozenset({"InvalidImageName", "ErrImageNeverPull"})

_REFUSED = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})


class StepFatal(AirflowFailException):
    """The step cannot succeed as it is: a bad document, a bad setting, too little memory. It is not tried again."""


class StepTransient(AirflowException):
    """The step may succeed next time: its pod was lost, or a service did not answer. It is tried again."""


class NoGpu(AirflowFailException):
    """There is no GPU to work on. Nothing is tried again and nothing runs on a CPU instead."""


class Step(KubernetesPodOperator):
    """Runs the pod template of one step to its end.

    :param step: name of the step in flows.json; its task has the same name unless `task_id` says otherwise
    :param arguments: arguments of the container, after the command of the template
    :param env: variables of this run; the template must not have them
    :param spot_parameter: name of the boolean run parameter that selects the template for spot nodes
    """

    #: What a pod is that no node took in time.
    unscheduled: ClassVar[type[AirflowException]] = StepTransient

    def __init__(
        self,
        *,
        step: str,
        arguments: Sequence[str] | Any = (),
        env: Mapping[str, str] | None = None,
        spot_parameter: str | None = None,
        **kwargs: Any,
    ) -> None:
        config = settings()
        declared = config.step(step)
        template = config.template(step)
        container = _container(template)
        for name in env or {}:
            if name in {variable["name"] for variable in container.get("env", [])}:
                raise ValueError(f"{step}: the template has the variable {name} already")
        if container.get("args"):
            raise ValueError(f"{step}: the template has arguments already")
        forbidden = sorted({"do_xcom_push", "skip_on_exit_code", "on_finish_action"} & kwargs.keys())
        if forbidden:
            raise TypeError(f"{step}: {', '.join(forbidden)} is not for a flow to choose")

        path = str(template)
        if declared.spot and spot_parameter is not None:
            spot = config.template(step, spot=True)
            path = f"{{{{ {str(spot)!r} if params.{spot_parameter} else {path!r} }}}}"
        kwargs.setdefault("task_id", step)
        kwargs.setdefault("pool", declared.pool)
        kwargs.setdefault("retries", declared.retry_class.attempts - 1)
        kwargs.setdefault("retry_delay", timedelta(seconds=declared.retry_class.min_seconds))
        super().__init__(
            kubernetes_conn_id=KUBERNETES_CONNECTION,
            pod_template_file=path,
            arguments=cast("list[str]", list(arguments) if isinstance(arguments, (tuple, list)) else arguments),
            env_vars=dict(env or {}),
            termination_message_policy=container.get("terminationMessagePolicy", "File"),
            schedule_timeout_seconds=declared.schedule_timeout_seconds,
            startup_timeout_seconds=declared.schedule_timeout_seconds,
            startup_check_interval_seconds=2,
            get_logs=config.get_logs,
            log_events_on_startup=False,
            log_events_on_failure=True,
            log_pod_spec_on_failure=False,
            on_finish_action="delete_pod",
            do_xcom_push=False,
            durable=True,
            deferrable=False,
            retry_policy=BackoffPolicy.of(declared.retry_class),
            execution_timeout=timedelta(seconds=declared.deadline_seconds + 2 * declared.schedule_timeout_seconds)
            + _CLEANING,
            doc_md=declared.description,
            **kwargs,
        )
        self.step = step
        self.exit_codes: ExitCodes = config.exit_codes
        self.last_seen: V1Pod | None = None

    def execute(self, context: Context) -> None:
        try:
            super().execute(context)
        except (AirflowFailException, AirflowSkipException):
            raise
        except Exception as error:
            raise self.verdict(error) from error

    def cleanup(
        self,
        pod: V1Pod,
        remote_pod: V1Pod,
        xcom_result: dict[str, Any] | None = None,
        context: Context | None = None,
    ) -> None:
        self.last_seen = self._newest(remote_pod)
        super().cleanup(pod, remote_pod, xcom_result, context)

    def _newest(self, remote_pod: V1Pod | None) -> V1Pod | None:
        """The pod as it is before it is deleted; nothing when somebody else has deleted it."""
        if self.pod is None or (remote_pod is not None and remote_pod.status.phase in ("Succeeded", "Failed")):
            return remote_pod
        try:
            return self.pod_manager.read_pod(self.pod)
        except ApiException as error:
            return None if error.status == HTTPStatus.NOT_FOUND else remote_pod

    def verdict(self, error: Exception) -> AirflowException:
        """Says which of the three kinds of failure this was, in words for the person who reads the log."""
        name = self.pod.metadata.name if self.pod is not None else None
        for cause in _causes(error):
            if isinstance(cause, PodLaunchTimeoutException):
                return self.unscheduled(
                    f"{self.step}: pod {name} did not start within {self.schedule_timeout_seconds} s: {cause}"
                )
        if name is None:
            return self._not_created(error)
        if self.last_seen is None:
            return StepTransient(f"{self.step}: pod {name} is gone; somebody deleted it or its node was lost")
        return self._judge(name, self.last_seen, error)

    def _not_created(self, error: Exception) -> AirflowException:
        refused = next((cause for cause in _causes(error) if isinstance(cause, ApiException)), None)
        if refused is not None and refused.status in _REFUSED:
            return StepFatal(f"{self.step}: the API server refuses the pod: {refused.body or refused.reason}")
        return StepTransient(f"{self.step}: no pod could be made: {error}")

    def _judge(self, name: str, pod: V1Pod, error: Exception) -> AirflowException:
        status = _status(pod, self.base_container_name)
        state = status.state if status is not None else None
        if state is not None and state.waiting is not None and state.waiting.reason in _BAD_IMAGES:
            return StepFatal(f"{self.step}: pod {name}: {state.waiting.reason}: {state.waiting.message}")
        lost = _why_lost(pod)
        if state is None or state.terminated is None:
            return StepTransient(f"{self.step}: pod {name}: {lost or error}")

        ended = state.terminated
        said = f": {ended.message.strip()[-2000:]}" if ended.message else ""
        if ended.reason == "OOMKilled":
            return StepFatal(
                f"{self.step}: pod {name} was killed because its memory was used up; "
                f"give the step a higher memory limit{said}"
            )
        if ended.exit_code in self.exit_codes.no_gpu:
            return NoGpu(f"{self.step}: pod {name} found no GPU (exit code {ended.exit_code}){said}")
        if ended.exit_code in self.exit_codes.fatal:
            return StepFatal(f"{self.step}: pod {name} ended with the fatal exit code {ended.exit_code}{said}")
        why = f"; {lost}" if lost else ""
        return StepTransient(f"{self.step}: pod {name} ended with exit code {ended.exit_code}{why}{said}")


class OptionalStep(Step):
    """A step that a run parameter switches off, before any pod is made."""

    def __init__(self, *, parameter: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parameter = parameter

    def execute(self, context: Context) -> None:
        if not context["params"][self.parameter]:
            raise AirflowSkipException(f"{self.step}: the run parameter {self.parameter!r} is off")
        super().execute(context)


@cache
def _container(template: Path) -> dict[str, Any]:
    """The container of a pod template that is the step; there is exactly one of this name."""
    pod = json.loads(template.read_text(encoding="utf-8"))
    found = [container for container in pod["spec"]["containers"] if container["name"] == Step.BASE_CONTAINER_NAME]
    if len(found) != 1:
        raise ValueError(f"{template}: needs one container {Step.BASE_CONTAINER_NAME!r}, has {len(found)}")
    container: dict[str, Any] = found[0]
    return container


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _status(pod: V1Pod, container: str) -> V1ContainerStatus | None:
    statuses = pod.status.container_statuses or []
    return next((status for status in statuses if status.name == container), None)


def _why_lost(pod: V1Pod) -> str | None:
    """Why the cluster took the pod away: evicted, preempted, drained, its node lost, its deadline over."""
    for condition in pod.status.conditions or []:
        if condition.type == "DisruptionTarget" and condition.status == "True":
            return f"{condition.reason}: {condition.message}"
    if pod.status.reason:
        return f"{pod.status.reason}: {pod.status.message}"
    return None
