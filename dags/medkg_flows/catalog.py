"""What a new version of a vocabulary's catalog has to be before anybody sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from airflow.sdk import Asset, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException

from medkg_flows.manifests import BadManifest, read_json, run_folder
from medkg_flows.settings import Quality, Vocabulary, settings

#: Written by every publication, whatever the vocabulary: who waits for it maps the concepts of all documents anew.
PUBLISHED = Asset(name="medkg_catalog", uri="x-medkg://catalog/published")


class LicenceMissing(AirflowFailException):
    """Nobody has said that the licence was granted."""


class CatalogRefused(AirflowFailException):
    """The new catalog is too far from the one before it, or breaks its shapes."""


@task(task_id="licence", retries=0)
def licence(vocabulary: str) -> None:
    """Lets a vocabulary through that needs no licence, or whose licence the values say was granted."""
    refuse_unlicensed(settings().vocabularies[vocabulary])


def refuse_unlicensed(vocabulary: Vocabulary) -> None:
    if vocabulary.licence_required and not vocabulary.licence_granted:
        raise LicenceMissing(vocabulary.licence_sentence)


@task(task_id="judge", retries=2)
def judge() -> dict[str, float]:
    """Compares what `validate` measured with the limits, and refuses the catalog with all that is wrong."""
    address = f"{run_folder(get_current_context())}/validation.json"
    measured = measure(address, read_json(address))
    wrong = objections(measured, settings().quality)
    if wrong:
        raise CatalogRefused("; ".join(wrong))
    return measured


def measure(address: str, validation: Mapping[str, Any]) -> dict[str, float]:
    """The three figures of a validation. What was not measured is never taken for good."""
    figures: dict[str, float] = {}
    for name in ("concepts", "recallAt20"):
        pair = validation.get(name)
        if not isinstance(pair, Mapping):
            raise BadManifest(f"{address}: {name}: must be an object")
        before, after = (_figure(address, f"{name}.{when}", pair.get(when)) for when in ("before", "after"))
        figures[name] = _delta(before, after)
    figures["shaclViolations"] = _figure(address, "shaclViolations", validation.get("shaclViolations"))
    return figures


def _figure(address: str, place: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise BadManifest(f"{address}: {place}: must be a number from 0 up, is {value!r}")
    return float(value)


def _delta(before: float, after: float) -> float:
    """How far two figures are apart, as a share of the earlier one; the first catalog is compared with nothing."""
    return abs(after - before) / before if before else 0.0


def objections(measured: Mapping[str, float], limits: Quality) -> list[str]:
    wrong = []
    if measured["concepts"] >= limits.concept_delta:
        wrong.append(
            f"the number of concepts differs by {measured['concepts']:.2%}, allowed is less than "
            f"{limits.concept_delta:.2%}"
        )
    if measured["recallAt20"] >= limits.recall_delta:
        wrong.append(
            f"Recall@20 differs by {measured['recallAt20']:.2%}, allowed is less than {limits.recall_delta:.2%}"
        )
    if measured["shaclViolations"] > limits.shacl_violations:
        wrong.append(f"{measured['shaclViolations']:g} SHACL violations, allowed are {limits.shacl_violations}")
    return wrong
