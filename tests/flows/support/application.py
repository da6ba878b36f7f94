"""The application in the pods: kwok runs no program, so what its commands would write is written here."""

import json
from typing import Any

import boto3

from support.pods import Pod


def split(address: str) -> tuple[str, str]:
    """Bucket and key of an address in object storage."""
    bucket, _, key = address.removeprefix("s3://").partition("/")
    return bucket, key


class Application:
    """Writes for each pod what its arguments ask for."""

    def __init__(self, endpoint: str) -> None:
        self._s3 = boto3.client(
            "s3",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106 - of a server on loopback that takes any
        )
        #: How many batches the next plan has.
        self.batches = 2
        #: What the next validation of a catalog says.
        self.validation: dict[str, Any] = {}
        self.reset()

    def reset(self) -> None:
        """What a healthy application does."""
        self.batches = 2
        self.validation = {
            "concepts": {"before": 100_000, "after": 100_500},
            "recallAt20": {"before": 0.90, "after": 0.91},
            "shaclViolations": 0,
        }

    def make_bucket(self, address: str) -> None:
        self._s3.create_bucket(Bucket=split(address)[0])

    def write(self, address: str, content: Any) -> None:
        bucket, key = split(address)
        self._s3.put_object(Bucket=bucket, Key=key, Body=json.dumps(content).encode())

    def read(self, address: str) -> Any:
        bucket, key = split(address)
        return json.loads(self._s3.get_object(Bucket=bucket, Key=key)["Body"].read())

    def keys(self, address: str) -> list[str]:
        """The addresses below this one."""
        bucket, prefix = split(address)
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return [f"s3://{bucket}/{found['Key']}" for page in pages for found in page.get("Contents", [])]

    def run(self, pod: Pod) -> None:
        """Does what a pod is told to."""
        if (report := pod.option("--report")) is not None:
            self.write(report, {"documents": 50, "failed": 0})
        if (out := pod.option("--out")) is not None:
            folder = out.rpartition("/")[0]
            keys = [f"{folder}/batches/{n:04}.json" for n in range(self.batches)]
            for key in keys:
                self.write(key, {"documents": []})
            batches = [{"key": key, "documents": 50} for key in keys]
            self.write(out, {"batches": batches, "documents": 50 * self.batches})
        if (run := pod.option("--run")) is not None and pod.args[0] == "validate":
            self.write(f"{run}/validation.json", self.validation)
