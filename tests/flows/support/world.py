"""All that a session of tests runs in, started once."""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import requests
import yaml

from support.airflow import PEOPLE, Airflow
from support.api import Api, Run
from support.application import Application
from support.cluster import NEEDED, Cluster, Object
from support.metrics import Collector
from support.pods import Pods
from support.postgres import start_postgres
from support.processes import eventually, free_port, start
from support.web import Server

REPOSITORY = Path(__file__).parents[3]

#: The account of Airflow's workers, which its own chart makes.
WORKER = "airflow-worker"

#: Seconds that a guard's pod may wait for a node: it is to say soon that there is none.
GUARD_PATIENCE = 15


def rendered(folder: Path) -> list[Object]:
    """The objects of the rendered manifests."""
    return [
        each
        for path in sorted(folder.rglob("*.yaml"))
        for each in yaml.safe_load_all(path.read_text())
        if each is not None
    ]


class World:
    """The cluster, Airflow in it, and whatever flows talk to. Nodes and containers are played by kwok."""

    #: kwok never ends a log that is followed.
    follows_logs = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # PostgreSQL works as somebody else below it.
        folder.chmod(0o711)
        self.cluster = Cluster(Path(os.environ["FLOWS_KUBECONFIG"]))
        self.vllm = Server()
        self.alertmanager = Server()
        self.metrics = Collector()
        self.store = self._start_store()
        self.application = Application(self.store)
        self.flows: dict[str, Any] = {}
        self.flows_folder = folder / "flows"
        self._install()
        self.namespace: str = self.flows["namespace"]
        self.application.make_bucket(self.flows["objectStore"])
        self.pods = Pods(self.cluster.core, self.namespace, self.application.run)
        self.faults = folder / "faults.json"
        self.play({})
        self.airflow = Airflow(
            folder / "airflow",
            start_postgres(folder / "postgres"),
            Path(os.environ.get("FLOWS_DAGS", REPOSITORY / "dags")),
            self._environment(),
        )
        self.airflow.run("db", "migrate")
        pools = folder / "pools.json"
        pools.write_text(json.dumps(self.flows["pools"]))
        self.airflow.run("pools", "import", str(pools))
        self.airflow.start()
        self.people = {name: Api(self.airflow.url, name, name) for name in PEOPLE}
        self.admin = self.people["admin"]
        self._runs: list[Run] = []
        self._calmed = 0

    def _start_store(self) -> str:
        port = free_port()
        server = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        start("moto", server, self.folder, dict(os.environ))
        url = f"http://127.0.0.1:{port}"

        def answers() -> bool | None:
            try:
                return requests.get(url, timeout=2).ok or None
            except requests.RequestException:
                return None

        eventually("moto answers", 60, answers)
        return url

    def _install(self) -> None:
        """Puts the chart's objects into a namespace, and its ConfigMap, a little changed, where Airflow mounts it."""
        self.add_nodes()
        objects = rendered(Path(os.environ["FLOWS_MANIFESTS"]))
        (data,) = (each["data"] for each in objects if "flows.json" in each.get("data", {}))
        files = {name: json.loads(text) for name, text in data.items()}
        self.flows = self._quick(files.pop("flows.json"))
        templates = {name: self.template(pod) for name, pod in files.items()}
        namespace = self.flows["namespace"]
        self.cluster.make_namespace(namespace)
        account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": WORKER}}
        needed = [each for each in objects if each["kind"] in NEEDED]
        self.cluster.make([account, *self.furthermore(templates.values()), *needed], namespace)
        self.flows_folder.mkdir()
        for name, content in {**templates, "flows.json": self.flows}.items():
            (self.flows_folder / name).write_text(json.dumps(content, indent=2))

    def add_nodes(self) -> None:
        """Nodes for everything, with GPUs where there are to be some."""
        self.cluster.add_cpu_nodes()
        self.cluster.add_gpu_nodes()

    def mend_nodes(self) -> None:
        """After a test: the nodes are as they were."""
        self.cluster.add_gpu_nodes()

    def template(self, pod: Object) -> Object:
        """The template of a step's pod, as the nodes can run it."""
        return pod

    def furthermore(self, templates: Iterable[Object]) -> list[Object]:
        """What else has to be there for the pods of these templates."""
        return []

    def _quick(self, flows: dict[str, Any]) -> dict[str, Any]:
        """What the chart says, but for addresses, people, and patience."""
        flows["vllm"]["url"] = self.vllm.url
        flows["alerts"]["alertmanagerUrl"] = self.alertmanager.url
        flows["gates"] |= {"approvers": ["ada"], "remindAfterHours": [0, 24]}
        flows["getLogs"] = self.follows_logs
        for name, step in flows["steps"].items():
            if name.startswith("guard_"):
                step["scheduleTimeoutSeconds"] = GUARD_PATIENCE
            if name.startswith("catalog_"):
                step["deadlineSeconds"] = 1  # so that a run is late
        for retries in flows["retryClasses"].values():
            retries["minSeconds"] = min(retries["minSeconds"], 0.5)
            retries["maxSeconds"] = min(retries["maxSeconds"], 2)
        flows["vocabularies"]["snomed"]["licence"]["granted"] = False
        for source in flows["sources"].values():
            source["schedule"] = ""  # a run begins when a test says so
        for vocabulary in flows["vocabularies"].values():
            vocabulary["schedule"] = ""
        return flows

    def _environment(self) -> dict[str, str]:
        kubeconfig = self.cluster.kubeconfig_of(self.namespace, WORKER, self.folder / "worker.kubeconfig")
        kubernetes = {"kube_config_path": str(kubeconfig), "in_cluster": False}
        store = {"endpoint_url": self.store, "region_name": "us-east-1"}
        return {
            "OTEL_EXPORTER_OTLP_ENDPOINT": self.metrics.url,
            "MEDKG_FLOWS_DIR": str(self.flows_folder),
            "FAULTS": str(self.faults),
            "AIRFLOW_CONN_KUBERNETES_DEFAULT": json.dumps({"conn_type": "kubernetes", "extra": kubernetes}),
            "AIRFLOW_CONN_AWS_DEFAULT": json.dumps(
                {"conn_type": "aws", "login": "test", "password": "test", "extra": store}
            ),
        }

    def play(self, faults: dict[str, list[dict[str, str]]]) -> None:
        """Says how kwok is to play the pods of tasks: annotations of each try, by the name of the task."""
        new = self.faults.with_suffix(".new")
        new.write_text(json.dumps(faults))
        new.replace(self.faults)

    def trigger(self, dag: str, conf: dict[str, Any] | None = None) -> Run:
        """Starts a run as somebody does who may."""
        self._parsed(dag)
        self.admin.must("PATCH", f"/dags/{dag}", {"is_paused": False})
        name = f"test-{len(self._runs)}"
        body = {"logical_date": None, "dag_run_id": name, "conf": conf or {}}
        self.admin.must("POST", f"/dags/{dag}/dagRuns", body)
        return self.adopt(Run(self.admin, dag, name))

    def adopt(self, run: Run) -> Run:
        """Sees to it that the run ends with the test."""
        self._runs.append(run)
        return run

    def _parsed(self, dag: str) -> None:
        def there() -> bool | None:
            errors = self.admin.must("GET", "/importErrors")["import_errors"]
            if errors:
                raise RuntimeError("\n".join(error["stack_trace"][-2000:] for error in errors))
            return self.admin.request("GET", f"/dags/{dag}").ok or None

        eventually(f"the DAG {dag} is there", 60, there)

    def alerts_of(self, run: Run) -> list[dict[str, str]]:
        """The labels of each alert about a run; those about others may come late."""
        sent = [alert["labels"] for _, _, alerts in self.alertmanager.received for alert in alerts]
        return [labels for labels in sent if labels["run_id"] == run.run]

    def store_of(self, run: Run) -> str:
        """Where a run keeps what it writes."""
        return f"{self.flows['objectStore']}/flows/{run.dag}/{run.run}"

    def calm(self) -> None:
        """After a test: nothing of it runs any more, and everything is well again."""
        for run in self._runs[self._calmed :]:
            run.give_up()
        self._calmed = len(self._runs)
        self.play({})
        self.application.reset()
        self.alertmanager.received.clear()
        self.vllm.status = 200
        self.vllm.start()
        self.mend_nodes()
        self.cluster.core.delete_collection_namespaced_pod(self.namespace, grace_period_seconds=0)

    def close(self) -> None:
        self.airflow.stop()
        self.vllm.stop()
        self.alertmanager.stop()
        self.metrics.stop()
