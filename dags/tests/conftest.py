"""The flows as Airflow sees them: parsed once, from the fixture's settings, without a network."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any, cast

import pytest

TESTS = Path(__file__).parent
DAGS = TESTS.parent
FLOWS = Path(os.environ.setdefault("MEDKG_FLOWS_DIR", str(TESTS / "flows")))

os.environ.setdefault("AIRFLOW_HOME", tempfile.mkdtemp(prefix="medkg-flows-"))
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
os.environ["AIRFLOW__CORE__UNIT_TEST_MODE"] = "False"
os.environ["AIRFLOW__CORE__DAGS_FOLDER"] = str(DAGS)
os.environ["AIRFLOW_CONN_KUBERNETES_DEFAULT"] = '{"conn_type": "kubernetes", "extra": {"in_cluster": false}}'
sys.path.insert(0, str(DAGS))


class NetworkRefusedError(AssertionError):
    """Somebody asked for a network while the flows were parsed."""


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test has a network, but for those that talk to a server of their own on the loopback."""
    if request.node.get_closest_marker("loopback"):
        return
    monkeypatch.setattr(socket.socket, "connect", _refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", _refuse)
    monkeypatch.setattr(socket, "getaddrinfo", _refuse)


def _refuse(*args: Any, **_: Any) -> Any:
    raise NetworkRefusedError(f"network: {args}")


@pytest.fixture(scope="session")
def dags() -> dict[str, Any]:
    from airflow.dag_processing.dagbag import DagBag

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _refuse)
        patch.setattr(socket, "getaddrinfo", _refuse)
        bag: Any = DagBag(dag_folder=str(DAGS), collect_dags=False)
        for file in sorted(DAGS.glob("*.py")):
            bag.process_file(str(file))
    assert bag.import_errors == {}
    return cast("dict[str, Any]", bag.dags)
