"""The pictures of docs/flows.md are those of the DAGs."""

from __future__ import annotations

from typing import Any

import pytest

from tools import draw

PAGE = draw.PAGE.read_text(encoding="utf-8")


def test_the_pictures_are_those_of_the_dags(dags: dict[str, Any]) -> None:
    assert draw.redrawn(PAGE, dags) == PAGE, "stale: python dags/tools/draw.py"


def test_every_flow_has_its_picture() -> None:
    assert draw.PLACE.findall(PAGE) == ["auto_flow_nonpdf", "pdf_flow", "catalog_refresh_flow"]


def test_a_picture_shows_every_task_and_who_waits_for_whom(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        drawn = draw.picture(dag)
        assert drawn.count(":::") == len(dag.task_ids)
        waits: dict[str, set[str]] = {task_id: set() for task_id in dag.task_ids}
        for first, later in draw.edges(dag):
            assert f"{draw._node(first)} --> {draw._node(later)}" in drawn
            waits[first].add(later)
        for task in dag.tasks:
            assert task.downstream_task_ids <= _after(task.task_id, waits), task.task_id


def _after(first: str, waits: dict[str, set[str]]) -> set[str]:
    return waits[first].union(*(_after(later, waits) for later in waits[first]))


def test_a_flow_that_is_gone_is_said(dags: dict[str, Any]) -> None:
    with pytest.raises(SystemExit, match="no flow gone_flow"):
        draw.redrawn("<!-- picture gone_flow -->\n<!-- end of picture -->", dags)
