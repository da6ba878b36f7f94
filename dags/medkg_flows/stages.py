"""The stretch that all documents go through, whatever they came from: from their text to the knowledge graph.

Every step takes the address of one batch and writes a report beside it.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import Param, TriggerRule, chain

from medkg_flows.settings import settings
from medkg_flows.step import OptionalStep, Step

SPOT = "spot"
EXTRACT = "extract"


def parameters() -> dict[str, Param]:
    """What whoever starts a run may choose for this stretch."""
    return {
        EXTRACT: Param(settings().extraction, type="boolean", title="Extract facts and map concepts"),
        SPOT: Param(False, type="boolean", title="Use spot nodes", description="For backfills: cheaper, later."),
    }


def report(step: str, folder: str = "") -> list[str]:
    """Where the step writes how many documents it did: one file a batch."""
    number = "{{ '%04d' % [ti.map_index, 0] | max }}"
    return ["--report", f"{settings().run_prefix}/{folder}reports/{step}/{number}.json"]


def batch_step(
    step: str, key_argument: str, key: Any, *more: str, kind: type[Step] = Step, folder: str = "", **kwargs: Any
) -> Step:
    """A step over one batch; at most `batches.atOnce` of each run in a flow's run at the same time."""
    return kind(
        step=step,
        arguments=[key_argument, key, *more, *report(step, folder)],
        spot_parameter=SPOT,
        max_active_tis_per_dagrun=settings().batches.at_once,
        **kwargs,
    )


def read(key: Any) -> tuple[Step, Step]:
    """parse >> ir; returns the first and the last."""
    parse = batch_step("parse", "--doc-uris", key)
    ir = batch_step("ir", "--doc-ids", key)
    chain(parse, ir)
    return parse, ir


def understand(key: Any, profile: str) -> tuple[Step, Step]:
    """chunk >> facet >> [embed_splade, embed_qwen] >> index >> [extract, map_concepts] >> write_kg

    Returns the first and the last.
    """
    chunk = batch_step("chunk", "--doc-ids", key, "--profile", profile)
    facet = batch_step("facet", "--chunk-ids", key)
    embed = [
        batch_step("embed_splade", "--chunk-ids", key, "--modality", "splade"),
        batch_step("embed_qwen", "--chunk-ids", key, "--modality", "dense"),
    ]
    index = batch_step("index", "--chunks", key)
    extract = [
        batch_step("extract", "--doc-ids", key, kind=OptionalStep, parameter=EXTRACT),
        batch_step("map_concepts", "--doc-ids", key, kind=OptionalStep, parameter=EXTRACT),
    ]
    write_kg = batch_step("write_kg", "--doc-ids", key, trigger_rule=TriggerRule.NONE_FAILED)
    chain(chunk, facet, embed, index, extract, write_kg)
    return chunk, write_kg
