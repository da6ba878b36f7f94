"""Draws the graphs of the flows, from the DAGs themselves, into docs/flows.md.

python dags/tools/draw.py [--check]

With --check nothing is written: it says which pictures are stale. A picture stands between `<!-- picture NAME -->` and
`<!-- end of picture -->`; where a flow has one DAG a source or vocabulary, the first one is drawn.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

DAGS = Path(__file__).parents[1]
PAGE = DAGS.parent / "docs" / "flows.md"
PLACE = re.compile(r"<!-- picture ([a-z_]+) -->\n.*?<!-- end of picture -->", re.DOTALL)

# How a kind of task looks, by the name of its class or of a base of it.
SHAPES = {
    "ApprovalOperator": ('{{{{"STOP: {}"}}}}', "stop"),
    "GpuGuard": ('(["{}"])', "guard"),
    "Step": ('["{}"]', "step"),
}
OTHERS = ('("{}")', "task")
# A Python task that guards is one by its name: Airflow has one class for all of them.
GUARD = re.compile(r"^(guard_|licence$)")

STYLES = (
    "classDef stop fill:#fde2e1,stroke:#b3261e,color:#000",
    "classDef guard fill:#fff3cd,stroke:#8a6d00,color:#000",
    "classDef step fill:#e1efff,stroke:#1f5fa8,color:#000",
    "classDef task fill:#f3f3f3,stroke:#777,color:#000",
)


def prepare() -> None:
    """Airflow, with the settings of the tests where no others are named."""
    os.environ.setdefault("MEDKG_FLOWS_DIR", str(DAGS / "tests" / "flows"))
    os.environ.setdefault("AIRFLOW_HOME", tempfile.mkdtemp(prefix="medkg-flows-"))
    os.environ.setdefault("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
    if str(DAGS) not in sys.path:
        sys.path.insert(0, str(DAGS))


def parsed() -> dict[str, Any]:
    from airflow.dag_processing.dagbag import DagBag

    bag: Any = DagBag(dag_folder=str(DAGS), collect_dags=False)
    for file in sorted(DAGS.glob("*.py")):
        bag.process_file(str(file))
    if bag.import_errors:
        raise SystemExit(f"the DAGs cannot be read: {bag.import_errors}")
    return dict(bag.dags)


def shape(task: Any) -> tuple[str, str]:
    kind = getattr(task, "operator_class", None) or type(task)
    if GUARD.match(task.label):
        return SHAPES["GpuGuard"]
    for base in kind.__mro__:
        if base.__name__ in SHAPES:
            return SHAPES[base.__name__]
    return OTHERS


def picture(dag: Any) -> str:
    """One DAG as a flow chart."""
    lines = ["flowchart TD", *_group(dag.task_group, indent="  ")]
    lines += [f"  {_node(first)} --> {_node(later)}" for first, later in edges(dag)]
    return "\n".join([*lines, *(f"  {style}" for style in STYLES)])


def edges(dag: Any) -> list[tuple[str, str]]:
    """Who waits for whom, without what follows from other edges."""
    direct: dict[str, set[str]] = {task.task_id: set(task.downstream_task_ids) for task in dag.tasks}

    @cache
    def reached(first: str) -> frozenset[str]:
        return frozenset(direct[first]).union(*(reached(later) for later in direct[first]))

    return [
        (first, later)
        for first in sorted(direct)
        for later in sorted(direct[first])
        if not any(later in reached(between) for between in direct[first] - {later})
    ]


def _group(group: Any, indent: str) -> Iterator[str]:
    from airflow.sdk.definitions.taskgroup import MappedTaskGroup, TaskGroup

    for label, child in sorted(group.children.items()):
        if isinstance(child, TaskGroup):
            mapped = ", n times" if isinstance(child, MappedTaskGroup) else ""
            yield f'{indent}subgraph {_node(label)}["{child.label}{mapped}"]'
            yield from _group(child, indent + "  ")
            yield f"{indent}end"
        else:
            form, style = shape(child)
            yield f"{indent}{_node(child.task_id)}{form.format(child.label)}:::{style}"


def _node(name: str) -> str:
    """A word that Mermaid takes: `end` is one of its own."""
    return "n_" + re.sub(r"\W", "_", name)


def redrawn(page: str, dags: dict[str, Any]) -> str:
    """The page with all its pictures drawn anew."""

    def draw(found: re.Match[str]) -> str:
        name = found[1]
        flow = next((dags[dag_id] for dag_id in sorted(dags) if dag_id.partition(".")[0] == name), None)
        if flow is None:
            raise SystemExit(f"{PAGE.name}: there is no flow {name}")
        return f"<!-- picture {name} -->\n\n```mermaid\n{picture(flow)}\n```\n\n<!-- end of picture -->"

    return PLACE.sub(draw, page)


def main() -> int:
    arguments = argparse.ArgumentParser(description="Draws the graphs of the flows into docs/flows.md")
    arguments.add_argument("--check", action="store_true", help="only say whether the pictures are stale")
    check: bool = arguments.parse_args().check
    prepare()
    page = PAGE.read_text(encoding="utf-8")
    drawn = redrawn(page, parsed())
    if drawn == page:
        return 0
    if check:
        sys.stderr.write("docs/flows.md: pictures are stale: python dags/tools/draw.py\n")
        return 1
    PAGE.write_text(drawn, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
