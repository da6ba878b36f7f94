"""Every pod of a namespace, as a watch sees it, and the application that would run in it."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from kubernetes import client, watch

from support.api import Run


@dataclass
class Pod:
    """What was seen of one pod."""

    name: str
    labels: dict[str, str]
    manifest: dict[str, Any]
    phases: list[str] = field(default_factory=list)
    gone: bool = False

    @property
    def active(self) -> bool:
        return not self.gone and self.phases[-1] in ("Pending", "Running")

    @property
    def step(self) -> str:
        """The task, without its group."""
        return self.labels.get("task_id", "").split(".")[-1]

    @property
    def args(self) -> list[str]:
        args: list[str] = self.manifest["spec"]["containers"][0].get("args") or []
        return args

    @property
    def program(self) -> str:
        """What it runs, without the arguments of the flow."""
        return " ".join(self.manifest["spec"]["containers"][0]["command"])

    def option(self, name: str) -> str | None:
        """What follows an option among the arguments."""
        return self.args[self.args.index(name) + 1] if name in self.args else None

    def is_of(self, run: Run) -> bool:
        """By the labels that the operator puts there."""
        return (self.labels.get("dag_id"), self.labels.get("run_id")) == (run.dag, run.run)


class Pods:
    """Watches a namespace, from now on."""

    def __init__(self, api: client.CoreV1Api, namespace: str, on_added: Callable[[Pod], None]) -> None:
        self._api = api
        self._namespace = namespace
        self._on_added = on_added
        self._lock = threading.Lock()
        self._pods: dict[str, Pod] = {}
        #: After each event: the pods that were active.
        self._moments: list[list[Pod]] = []
        self.errors: list[BaseException] = []
        version = api.list_namespaced_pod(namespace).metadata.resource_version
        threading.Thread(target=self._follow, args=(version,), daemon=True).start()

    def _follow(self, version: str) -> None:
        while True:
            try:
                for event in watch.Watch().stream(
                    self._api.list_namespaced_pod, self._namespace, resource_version=version
                ):
                    version = event["raw_object"]["metadata"]["resourceVersion"]
                    self._take(event["type"], event["raw_object"])
            except Exception as error:  # the test that looks next is told
                self.errors.append(error)
                time.sleep(1)

    def _take(self, kind: str, manifest: dict[str, Any]) -> None:
        meta = manifest["metadata"]
        new = False
        with self._lock:
            pod = self._pods.get(meta["uid"])
            if pod is None:
                new = True
                pod = self._pods[meta["uid"]] = Pod(meta["name"], meta.get("labels", {}), manifest)
            phase = manifest["status"].get("phase", "Pending")
            if not pod.phases or pod.phases[-1] != phase:
                pod.phases.append(phase)
            pod.gone = kind == "DELETED" or "deletionTimestamp" in meta
            self._moments.append([each for each in self._pods.values() if each.active])
        if new:
            self._on_added(pod)

    def of(self, run: Run, step: str | None = None) -> list[Pod]:
        """The pods of a run, in the order in which they came."""
        if self.errors:
            raise self.errors[0]
        with self._lock:
            return [pod for pod in self._pods.values() if pod.is_of(run) and step in {None, pod.step}]

    def await_running(self, run: Run, step: str) -> Pod:
        """The pod of a step, when it runs."""
        return run.sees(
            f"a pod of {step} runs",
            lambda: next((pod for pod in self.of(run, step) if pod.phases[-1] == "Running"), None),
        )

    def most_at_once(self, steps: Iterable[str], *runs: Run) -> int:
        """How many pods of these steps of these runs were active at the same time, at most."""
        wanted = set(steps)

        def counts(pod: Pod) -> bool:
            return pod.step in wanted and any(pod.is_of(run) for run in runs)

        with self._lock:
            return max((sum(map(counts, moment)) for moment in self._moments), default=0)
