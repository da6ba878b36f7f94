"""The pods of all tasks, as the operator makes them, before an API server."""

import json
import os
from pathlib import Path

import pytest

from support.world import World


@pytest.mark.core
def test_the_api_server_takes_the_pod_of_every_task(world: World) -> None:
    pods = Path(os.environ["FLOWS_PODS"])
    wanted = len(json.loads(pods.read_text())["items"])
    assert wanted > 300
    said = world.cluster.kubectl("create", "--dry-run=server", "--validate=strict", "--output=name", "-f", str(pods))
    assert len(said.split()) == wanted


def test_the_api_server_refuses_a_field_that_no_pod_has(world: World) -> None:
    pod = json.loads(Path(os.environ["FLOWS_PODS"]).read_text())["items"][0]
    pod["spec"]["containers"][0]["comand"] = ["true"]
    with pytest.raises(RuntimeError, match="unknown field"):
        world.cluster.kubectl("create", "--dry-run=server", "--validate=strict", "-f", "-", given=json.dumps(pod))
