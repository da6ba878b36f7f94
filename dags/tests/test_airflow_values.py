"""The values for Airflow's own chart name options and variables that this Airflow has."""

from __future__ import annotations

import json
import pkgutil
from pathlib import Path
from typing import Any

import pytest
import yaml

VALUES = Path(__file__).parents[2] / "values" / "airflow"
ENVIRONMENTS = tuple(sorted(path.stem for path in VALUES.glob("*.yaml")))


def values_of(environment: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((VALUES / f"{environment}.yaml").read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_options_exist(environment: str) -> None:
    from airflow.configuration import conf

    known = conf.configuration_description
    for section, options in values_of(environment)["config"].items():
        for option in options:
            found = known.get(section, {}).get("options", {}).get(option)
            assert found is not None, f"{section}.{option}"
            assert found.get("version_deprecated") is None, f"{section}.{option} is deprecated"


@pytest.mark.parametrize(("transport", "off"), [("", True), ('{"type": "http", "url": "http://marquez:5000"}', False)])
def test_one_value_switches_lineage_on(transport: str, off: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.providers.openlineage import conf as lineage

    for environment in ("staging", "prod"):
        options = values_of(environment)["config"]["openlineage"] | {"transport": transport}
        for option, value in options.items():
            monkeypatch.setenv(f"AIRFLOW__OPENLINEAGE__{option.upper()}", value)
        assert lineage.is_disabled() is off
        assert lineage.namespace() == f"medkg-{environment}"
        assert values_of(environment)["config"]["openlineage"]["transport"] == ""


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_who_logs_people_in_is_installed(environment: str) -> None:
    name: str = values_of(environment)["config"]["core"]["auth_manager"]
    assert pkgutil.resolve_name(name).__name__ == name.rpartition(".")[2]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_connections_are_read(environment: str) -> None:
    from airflow.sdk import Connection

    kinds = {}
    for variable in values_of(environment)["env"]:
        name = variable["name"]
        if name.startswith("AIRFLOW_CONN_"):
            kinds[name] = Connection.from_json(variable["value"], conn_id=name).conn_type
    wanted = {"AIRFLOW_CONN_AWS_DEFAULT": "aws", "AIRFLOW_CONN_KUBERNETES_DEFAULT": "kubernetes"}
    assert kinds | wanted == kinds


def test_pools_are_what_the_command_imports(tmp_path: Path) -> None:
    """The job that brings the pools in runs these lines, with another folder."""
    import subprocess
    import sys

    flows = Path(__file__).parent / "flows"
    script: str = values_of("prod")["migrateDatabaseJob"]["args"][-1]
    line = next(one for one in script.splitlines() if one.startswith("python -c"))
    program = line.split("'")[1].replace("/opt/medkg/flows", str(flows))
    printed = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603
    pools = json.loads(printed.stdout)
    assert pools == json.loads((flows / "flows.json").read_text(encoding="utf-8"))["pools"]
    assert all({"slots", "description"} <= set(pool) for pool in pools.values())
    assert ">/tmp/pools.json" in line
    assert script.rstrip().endswith("airflow pools import /tmp/pools.json")


def test_all_bring_the_pools_in_alike() -> None:
    assert len({json.dumps(values_of(environment)["migrateDatabaseJob"]["args"]) for environment in ENVIRONMENTS}) == 1
