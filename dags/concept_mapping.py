"""Maps the concepts of all documents anew, whenever a catalog was published.

guard >> for each source: plan >> map_concepts of each batch
"""

from __future__ import annotations

from airflow.sdk import TaskGroup, chain, task_group

from medkg_flows.catalog import PUBLISHED
from medkg_flows.guard import guard_vllm
from medkg_flows.plan import batches, plan
from medkg_flows.runs import expect_in_time, flow
from medkg_flows.settings import settings
from medkg_flows.stages import batch_step

with flow(
    "concept_mapping",
    schedule=[PUBLISHED],
    max_active_runs=1,
    description="Maps the concepts of all documents to a catalog that was just published",
) as dag:
    guard = guard_vllm()
    for source in settings().sources.values():
        with TaskGroup(group_id=source.name):
            folder = f"{source.name}/"

            @task_group(group_id="batch")
            def batch(key: str, folder: str = folder) -> None:
                batch_step("map_concepts", "--doc-ids", key, folder=folder)

            planned = plan(source.ledger, "--state", "completed", folder=folder)
            keys = batches(folder)
            chain(guard, planned, keys, batch.expand(key=keys))

expect_in_time(dag)
