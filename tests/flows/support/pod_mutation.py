"""
Airflow takes this for its airflow_local_settings: the pods of the tests learn from it how kwok is to play them.

FAULTS names a JSON file: task, without its group -> annotations of each try, the last for all later ones.
"""

import json
import os
from pathlib import Path

import airflow.providers.cncf.kubernetes.operators.pod  # noqa: F401 - once, not in every task: tasks are forks
from kubernetes.client import V1Pod


def pod_mutation_hook(pod: V1Pod) -> None:
    """Annotates the pod of a task for the stand-in of the kubelet."""
    labels = pod.metadata.labels
    task, number = labels["task_id"].split(".")[-1], int(labels["try_number"])
    if (tries := json.loads(Path(os.environ["FAULTS"]).read_text()).get(task)) is not None:
        pod.metadata.annotations = {**(pod.metadata.annotations or {}), **tries[min(number, len(tries)) - 1]}
