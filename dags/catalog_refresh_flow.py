"""New versions of the vocabularies, one DAG each with its own schedule.

licence >> guard >> download >> parse >> normalize >> enrich >> merge >> embed >> write >> validate >> judge >> publish

`publish` turns the alias to the new catalog and keeps the old one. A published catalog starts `concept_mapping`.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import DAG, chain

from medkg_flows.catalog import PUBLISHED, judge, licence
from medkg_flows.guard import guard_vllm
from medkg_flows.runs import expect_in_time, flow
from medkg_flows.settings import Vocabulary, settings
from medkg_flows.step import Step

BEFORE_THE_VERDICT = ("download", "parse", "normalize", "enrich", "merge", "embed", "write", "validate")


def catalog_refresh(vocabulary: Vocabulary) -> DAG:
    def stage(name: str, **kwargs: Any) -> Step:
        return Step(
            step=f"catalog_{name}",
            task_id=name,
            arguments=[name, "--vocabulary", vocabulary.name, "--run", settings().run_prefix],
            **kwargs,
        )

    with flow(
        f"catalog_refresh_flow.{vocabulary.name}",
        schedule=vocabulary.schedule,
        max_active_runs=1,
        description=f"A new version of {vocabulary.name}, published when it is near enough to the one before",
    ) as dag:
        stages = [stage(name) for name in BEFORE_THE_VERDICT]
        chain(licence(vocabulary.name), guard_vllm(), *stages, judge(), stage("publish", outlets=[PUBLISHED]))
    expect_in_time(dag)
    return dag


for _vocabulary in settings().vocabularies.values():
    globals()[f"catalog_refresh_flow_{_vocabulary.name}"] = catalog_refresh(_vocabulary)
