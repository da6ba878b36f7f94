"""PDF files: OCR by MinerU and indexing, each only after a person has said so. One run is one batch of documents.

ingest_pdf of each document >> STOP >> guard >> mineru_run of each document >> ir
    >> STOP >> guards >> postpdf_start >> chunk >> facet >> [embed_splade, embed_qwen] >> index
    >> [extract, map_concepts] >> write_kg

`postpdf_start` takes every document that is ready, so one run at a time is between the gates.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import Param, chain, task_group

from medkg_flows.gate import Gate, recorded
from medkg_flows.guard import GpuGuard, guard_vllm
from medkg_flows.plan import documents, only_batch, record_documents
from medkg_flows.runs import flow
from medkg_flows.settings import settings
from medkg_flows.stages import batch_step, parameters, understand
from medkg_flows.step import Step

DOCUMENTS: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "maxItems": settings().batches.size,
    "uniqueItems": True,
    "items": {
        "type": "object",
        "required": ["uri", "docKey"],
        "additionalProperties": False,
        "properties": {
            "uri": {"type": "string", "pattern": "^(https|s3)://[^\\s]+$", "maxLength": 2000},
            "docKey": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._:#/@-]*$", "maxLength": 300},
        },
    },
}

LISTED = """
{{ params.documents | length }} documents of run {{ run_id }}:

{% for document in params.documents %}- `{{ document.docKey }}` from {{ document.uri }}
{% endfor %}
"""


def _ingest(document: dict[str, str]) -> list[str]:
    return ["--uri", document["uri"], "--doc-key", document["docKey"]]


def _ocr(document: dict[str, str]) -> list[str]:
    return ["--doc-key", document["docKey"], "--fail-if-no-gpu"]


with flow(
    "pdf_flow",
    schedule=None,
    max_active_runs=1,
    description="PDF files through OCR to the knowledge graph, with two stops for a person",
    params={
        "documents": Param(**DOCUMENTS, title="Documents", description="[{uri, docKey}, …]: the run's one batch."),
        "profile": Param("guideline", type="string", pattern="^[a-z0-9_-]+$", title="Profile of the chunks"),
        **parameters(),
    },
) as dag:

    @task_group(group_id="fetch")
    def fetch(arguments: list[str]) -> None:
        Step(step="ingest_pdf", arguments=arguments)

    @task_group(group_id="ocr")
    def ocr(arguments: list[str]) -> None:
        Step(step="mineru_run", arguments=arguments)

    wanted = documents()
    fetched = fetch.expand(arguments=wanted.map(_ingest))
    approve_mineru = Gate(
        task_id="approve_mineru",
        subject="May MinerU read these documents?",
        body=f"They were downloaded. Approved, they go to the GPUs.\n{LISTED}",
    )
    gpu_mineru = GpuGuard(pool_name="mineru")
    read = ocr.expand(arguments=wanted.map(_ocr))
    ir = batch_step("ir", "--doc-ids", only_batch())
    approve_postpdf = Gate(
        task_id="approve_postpdf",
        subject="May these documents be indexed?",
        body=f"MinerU has read them and their text is ready. Approved, they go into the index.\n{LISTED}",
    )
    guards = [GpuGuard(pool_name="splade"), guard_vllm()]
    postpdf_start = Step(step="postpdf_start", arguments=["--steps", "ir->chunk->facet->embed->index"])

    chain(fetched, approve_mineru, recorded(approve_mineru), gpu_mineru, read, ir, approve_postpdf)
    chain(approve_postpdf, recorded(approve_postpdf), guards, postpdf_start)
    chunk, write_kg = understand(only_batch(), "{{ params.profile }}")
    postpdf_start >> chunk
    record_documents(after=write_kg, begun_with=postpdf_start)
