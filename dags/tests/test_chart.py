"""The fixture looks like what the chart renders, and is what its program writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import make_fixture
import pytest

from medkg_flows.settings import settings

FIXTURE = Path(__file__).parent / "flows"


def test_the_fixture_is_what_its_program_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_fixture, "FOLDER", tmp_path / "flows")
    make_fixture.main()
    written = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "flows").iterdir()}
    assert written == {file.name: file.read_text(encoding="utf-8") for file in FIXTURE.iterdir()}


@pytest.mark.chart
def test_the_fixture_has_the_chart_s_steps_and_keys() -> None:
    ours = json.loads((FIXTURE / "flows.json").read_text(encoding="utf-8"))
    theirs = json.loads((settings().folder / "flows.json").read_text(encoding="utf-8"))
    assert set(ours["steps"]) == set(theirs["steps"])
    assert set(ours) == set(theirs)
    for name in ("exitCodes", "batches", "quality", "gates", "alerts"):
        assert set(ours[name]) == set(theirs[name]), name
    assert ours["retryClasses"] == theirs["retryClasses"]
    assert ours["exitCodes"] == theirs["exitCodes"]


@pytest.mark.chart
def test_the_fixture_has_the_chart_s_way_of_running_each_step() -> None:
    ours = json.loads((FIXTURE / "flows.json").read_text(encoding="utf-8"))["steps"]
    for name, theirs in settings().steps.items():
        found: dict[str, Any] = ours[name]
        assert (found["retryClass"], found["pool"], found["spot"]) == (
            theirs.retry_class.name,
            theirs.pool,
            theirs.spot,
        ), name
