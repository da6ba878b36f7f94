"""The cluster that the flows find: nodes with and without GPUs, and what the chart puts into a namespace."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kubernetes import client, config

from support.processes import eventually

Object = dict[str, Any]

#: Of what the chart makes, that which the pods of flows need, or which judges them.
NEEDED = (
    *("PriorityClass", "ServiceAccount", "ConfigMap", "Role", "RoleBinding"),
    *("PersistentVolumeClaim", "NetworkPolicy"),
)

#: The pools of GPU nodes by name: their type of GPU.
GPU_POOLS = {"mineru-gpu": "a10g", "vllm-gpu": "a100", "splade-gpu": "a10g"}


def node(name: str, resources: Mapping[str, str], pool: str | None = None) -> Object:
    """A node as an object; kwok makes it Ready."""
    labels = {"kubernetes.io/hostname": name, "kubernetes.io/os": "linux"}
    taints: list[Object] = []
    if pool is not None:
        labels |= {"gpu": "true", "gpu_type": GPU_POOLS[pool], "memory": "high"}
        taints = [
            {"key": "dedicated", "value": pool, "effect": "NoSchedule"},
            {"key": "nvidia.com/gpu", "value": "present", "effect": "NoSchedule"},
        ]
    amounts = {"ephemeral-storage": "2000Gi", "pods": "110", **resources}
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name, "labels": labels},
        "spec": {"taints": taints},
        "status": {"allocatable": amounts, "capacity": amounts},
    }


class Cluster:
    """A control plane whose nodes kwok plays."""

    def __init__(self, kubeconfig: Path) -> None:
        self.kubeconfig = kubeconfig
        self.api_client = config.new_client_from_config(str(kubeconfig))
        self.core = client.CoreV1Api(self.api_client)

    def kubectl(self, *args: str, given: str | None = None) -> str:
        """Runs kubectl to its end, as an administrator."""
        done = subprocess.run(
            ["kubectl", "--kubeconfig", self.kubeconfig, *args],
            input=given,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise RuntimeError(f"kubectl {' '.join(args)}: {done.stderr}")
        return done.stdout

    def make(self, objects: Iterable[Object], namespace: str = "default") -> None:
        """Makes objects, strictly: a field that is unknown is an error."""
        items = list(objects)
        if not items:
            return
        everything = json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
        self.kubectl("create", "--namespace", namespace, "--validate=strict", "-f", "-", given=everything)

    def add_cpu_nodes(self) -> None:
        self.make(node(f"cpu-{n}", {"cpu": "64", "memory": "512Gi"}) for n in range(3))

    def add_gpu_nodes(self) -> None:
        """One node for each pool, unless it is there; returns when pods can go there."""
        there = {found.metadata.name for found in self.core.list_node().items}
        gpus = {"cpu": "64", "memory": "512Gi", "nvidia.com/gpu": "8"}
        self.make(node(pool, gpus, pool) for pool in GPU_POOLS.keys() - there)
        eventually("the GPU nodes are ready", 30, lambda: len(self._ready_gpu_nodes()) == len(GPU_POOLS) or None)

    def _ready_gpu_nodes(self) -> list[str]:
        return [
            found.metadata.name
            for found in self.core.list_node(label_selector="gpu=true").items
            if not any(taint.key.startswith("node.kubernetes.io/") for taint in found.spec.taints or [])
        ]

    def remove_gpu_nodes(self) -> None:
        for pool in GPU_POOLS:
            self.core.delete_node(pool)

    def make_namespace(self, name: str) -> None:
        """A namespace as docs say to make it."""
        labels = {"pod-security.kubernetes.io/enforce": "restricted"}
        self.make([{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}])

    def kubeconfig_of(self, namespace: str, account: str, path: Path) -> Path:
        """A way to the API server with the rights of an account of the cluster, and no more."""
        token = self.kubectl("create", "token", account, "--namespace", namespace, "--duration=2h")
        kubeconfig = json.loads(self.kubectl("config", "view", "--raw", "--output=json"))
        kubeconfig["users"][0]["user"] = {"token": token}
        path.write_text(json.dumps(kubeconfig))
        return path
