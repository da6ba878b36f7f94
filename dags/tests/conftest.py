"""The flows as Airflow sees them: parsed once, from the fixture's settings, without a network."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

TESTS = Path(__file__).parent
DAGS = TESTS.parent
FIXTURE = TESTS / "flows"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--flows", metavar="FILE", help="the chart's rendered ConfigMap of the flows, not the fixture")
    parser.addoption("--pods", metavar="FILE", help="where to write the pods of all tasks, for an API server to judge")


def pytest_configure(config: pytest.Config) -> None:
    """Sets what Airflow and the flows read when they are imported, which is later."""
    home = Path(tempfile.mkdtemp(prefix="medkg-flows-"))
    config.add_cleanup(lambda: shutil.rmtree(home))
    rendered = config.getoption("--flows")
    os.environ["MEDKG_FLOWS_DIR"] = str(_mounted(Path(rendered), home / "flows") if rendered else FIXTURE)
    os.environ["AIRFLOW_HOME"] = str(home)
    os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
    os.environ["AIRFLOW__CORE__DAGS_FOLDER"] = str(DAGS)
    os.environ["AIRFLOW_CONN_KUBERNETES_DEFAULT"] = '{"conn_type": "kubernetes", "extra": {"in_cluster": false}}'


def _mounted(rendered: Path, folder: Path) -> Path:
    """The folder that a kubelet makes of a ConfigMap."""
    folder.mkdir()
    for name, text in yaml.safe_load(rendered.read_text(encoding="utf-8"))["data"].items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that state names of the fixture say nothing about the chart's own output."""
    if config.getoption("--flows"):
        for item in items:
            if item.get_closest_marker("fixture"):
                item.add_marker(pytest.mark.skip(reason="states names of the fixture"))
    else:
        for item in items:
            if item.get_closest_marker("chart"):
                item.add_marker(pytest.mark.skip(reason="needs --flows"))


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
