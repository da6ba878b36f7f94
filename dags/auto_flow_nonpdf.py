"""Documents that need no OCR, from their source to the knowledge graph: one DAG a source.

guards >> ingest >> plan >> for each batch:
    parse >> ir >> chunk >> facet >> [embed_splade, embed_qwen] >> index >> [extract, map_concepts] >> write_kg
"""

from __future__ import annotations

from airflow.sdk import DAG, task_group

from medkg_flows.guard import GpuGuard, guard_vllm
from medkg_flows.plan import batches, plan, record_documents
from medkg_flows.runs import expect_in_time, flow
from medkg_flows.settings import Source, settings
from medkg_flows.stages import parameters, read, understand
from medkg_flows.step import Step


def auto_flow(source: Source) -> DAG:
    with flow(
        f"auto_flow_nonpdf.{source.name}",
        schedule=source.schedule,
        description=f"{source.name}: from the source to the knowledge graph",
        params=parameters(),
    ) as dag:

        @task_group(group_id="batch")
        def batch(key: str) -> None:
            _, ir = read(key)
            chunk, _ = understand(key, source.profile)
            ir >> chunk

        guards = [GpuGuard(pool_name="splade"), guard_vllm()]
        ingest = Step(
            step="ingest",
            arguments=[source.name, "--auto", "--resume", "--ledger", source.ledger],
            pool=source.pool,
        )
        keys = batches()

        guards >> ingest >> plan(source.ledger) >> keys
        record_documents(after=batch.expand(key=keys), begun_with=keys)
    expect_in_time(dag)
    return dag


for _source in settings().sources.values():
    globals()[f"auto_flow_nonpdf_{_source.name}"] = auto_flow(_source)
