"""What flows and pods tell each other, in object storage: plans, batches, reports, validations, approvals.

Pods have no XCom: a pod writes a small JSON file, a task of Airflow reads it and hands on addresses only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from airflow.sdk import Context, ObjectStoragePath
from airflow.sdk.exceptions import AirflowFailException

from medkg_flows.settings import settings

STORE_CONNECTION = "aws_default"


class BadManifest(AirflowFailException):
    """A file that a step wrote is not what the flow can go on with."""


def run_folder(context: Context) -> str:
    """Where this run keeps its files; `Settings.run_prefix` says the same to templates."""
    return f"{settings().object_store}/flows/{context['dag'].dag_id}/{context['run_id']}"


def stored(address: str) -> ObjectStoragePath:
    if address.startswith("s3://"):
        return ObjectStoragePath(address, conn_id=STORE_CONNECTION)
    return ObjectStoragePath(address)


def read_json(address: str) -> dict[str, Any]:
    """A JSON object. Storage that does not answer is an error that may pass; content that is none stays none."""
    try:
        value = json.loads(stored(address).read_text())
    except FileNotFoundError as error:
        raise BadManifest(f"{address}: was not written") from error
    except ValueError as error:
        raise BadManifest(f"{address}: is no JSON: {error}") from error
    if not isinstance(value, dict):
        raise BadManifest(f"{address}: must be an object, is {type(value).__name__}")
    return cast("dict[str, Any]", value)


def write_json(address: str, value: Mapping[str, Any]) -> None:
    path = stored(address)
    if not address.startswith("s3://"):
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n")


def batch_keys(address: str) -> list[str]:
    """The addresses of a plan's batches, and never more of them than a run may have."""
    plan, most = read_json(address), settings().batches.most
    batches = plan.get("batches")
    if not isinstance(batches, list):
        raise BadManifest(f"{address}: batches: must be a list")
    keys = []
    for index, batch in enumerate(batches):
        key = batch.get("key") if isinstance(batch, dict) else None
        if not isinstance(key, str) or not key:
            raise BadManifest(f"{address}: batches[{index}].key: must be an address")
        keys.append(key)
    if len(keys) > most:
        raise BadManifest(f"{address}: has {len(keys)} batches, a run may have {most} (batches.most)")
    if len(set(keys)) != len(keys):
        raise BadManifest(f"{address}: names a batch twice")
    return keys


def documents_by_step(folder: str) -> dict[str, dict[str, int]]:
    """What the reports of a run say: step -> {"done": n, "failed": m}."""
    counted: dict[str, dict[str, int]] = {}
    root = stored(folder)
    if not root.exists():
        return counted
    for step in sorted(path for path in root.iterdir() if path.is_dir()):
        totals = counted.setdefault(step.name, {"done": 0, "failed": 0})
        for file in step.iterdir():
            found = read_json(str(file))
            documents, failed = found.get("documents"), found.get("failed", 0)
            if not isinstance(documents, int) or not isinstance(failed, int):
                raise BadManifest(f"{file}: documents and failed must be whole numbers")
            totals["done"] += documents
            totals["failed"] += failed
    return counted
