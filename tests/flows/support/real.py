"""The same world on real nodes: kubelets run the containers of the steps, and their logs can be followed."""

import os
from collections.abc import Iterable

from support.cluster import Object
from support.world import World

#: The node with the GPUs of one pool, that of the flow whose containers are run.
GPU_NODE = "real-2"
GPU_LABELS = {"gpu": "true", "gpu_type": "a10g", "memory": "high"}
GPU_TAINTS = {"dedicated": "splade-gpu", "nvidia.com/gpu": "present"}
GPUS = {"nvidia.com/gpu": "4"}

#: What a step gets here: the machine is small, and so are the programs.
REQUESTS = {"cpu": "10m", "memory": "16Mi"}
LIMITS = {"cpu": "500m", "memory": "64Mi"}


class RealWorld(World):
    """Two nodes that run containers, one of them with what passes for GPUs."""

    follows_logs = True

    def add_nodes(self) -> None:
        node = {
            "metadata": {"labels": GPU_LABELS},
            "spec": {
                "taints": [{"key": key, "value": value, "effect": "NoSchedule"} for key, value in GPU_TAINTS.items()]
            },
        }
        self.cluster.core.patch_node(GPU_NODE, node)
        self.cluster.core.patch_node_status(GPU_NODE, {"status": {"capacity": GPUS, "allocatable": GPUS}})

    def mend_nodes(self) -> None:
        return

    def template(self, pod: Object) -> Object:
        for container in pod["spec"]["containers"]:
            for kind, least in (("requests", REQUESTS), ("limits", LIMITS)):
                container["resources"][kind] |= least
        return pod

    def furthermore(self, templates: Iterable[Object]) -> list[Object]:
        """Their secrets, and a volume that all nodes can write to: nothing provisions one here."""
        keys: dict[str, set[str]] = {}
        for pod in templates:
            for variable in pod["spec"]["containers"][0].get("env", []):
                if reference := variable.get("valueFrom", {}).get("secretKeyRef"):
                    keys.setdefault(reference["name"], set()).add(reference["key"])
        secrets = [
            {
                "apiVersion": "v1",
                "kind": "Secret",
                "metadata": {"name": name},
                "stringData": dict.fromkeys(sorted(names), "-"),
            }
            for name, names in sorted(keys.items())
        ]
        return [*secrets, self._volume()]

    def _volume(self) -> Object:
        """A folder of this machine, which both nodes see."""
        shared = self.folder / "shared"
        shared.mkdir()
        # Steps are users of their own there.
        shared.chmod(0o777)
        return {
            "apiVersion": "v1",
            "kind": "PersistentVolume",
            "metadata": {"name": "flows"},
            "spec": {
                "accessModes": ["ReadWriteMany"],
                "capacity": {"storage": "1Ti"},
                "storageClassName": os.environ["FLOWS_STORAGE_CLASS"],
                "persistentVolumeReclaimPolicy": "Retain",
                "hostPath": {"path": str(shared)},
            },
        }
