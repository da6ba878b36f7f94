"""A catalog without its licence, or too far from the one before it, is refused with the reason."""

from __future__ import annotations

from typing import Any

import pytest

from medkg_flows.catalog import LicenceMissing, measure, objections, refuse_unlicensed
from medkg_flows.manifests import BadManifest
from medkg_flows.settings import Vocabulary, settings

pytestmark = pytest.mark.fixture


def validation(**changes: Any) -> dict[str, Any]:
    return {
        "concepts": {"before": 1000, "after": 1009},
        "recallAt20": {"before": 0.80, "after": 0.81},
        "shaclViolations": 0,
        **changes,
    }


def found(**changes: Any) -> list[str]:
    return objections(measure("v", validation(**changes)), settings().quality)


def test_a_catalog_within_the_limits_is_let_through() -> None:
    assert found() == []
    assert found(concepts={"before": 0, "after": 5}) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"concepts": {"before": 1000, "after": 1010}}, "the number of concepts differs by 1.00%"),
        ({"concepts": {"before": 1000, "after": 990}}, "the number of concepts differs by 1.00%"),
        ({"recallAt20": {"before": 0.5, "after": 0.49}}, "Recall@20 differs by 2.00%"),
        ({"recallAt20": {"before": 0.5, "after": 0.6}}, "Recall@20 differs by 20.00%"),
        ({"shaclViolations": 1}, "1 SHACL violations, allowed are 0"),
    ],
)
def test_each_limit_refuses(changes: dict[str, Any], said: str) -> None:
    (objection,) = found(**changes)
    assert objection.startswith(said)


def test_all_objections_are_said_at_once() -> None:
    assert len(found(concepts={"before": 1, "after": 2}, recallAt20={"before": 1, "after": 0}, shaclViolations=3)) == 3


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"concepts": None}, "concepts"),
        ({"concepts": {"before": 1}}, "concepts.after"),
        ({"concepts": {"before": 1, "after": float("nan")}}, "concepts.after"),
        ({"recallAt20": {"before": "0.8", "after": 0.8}}, "recallAt20.before"),
        ({"shaclViolations": None}, "shaclViolations"),
        ({"shaclViolations": False}, "shaclViolations"),
        ({"shaclViolations": -1}, "shaclViolations"),
    ],
)
def test_what_was_not_measured_is_never_taken_for_good(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(BadManifest, match=f"v: {place}: must be"):
        found(**changes)


def test_a_missing_licence_stops_with_the_sentence() -> None:
    with pytest.raises(LicenceMissing, match=r"^SNOMED requires affiliate license$"):
        refuse_unlicensed(settings().vocabularies["snomed"])


def test_a_granted_licence_or_none_needed_lets_through() -> None:
    refuse_unlicensed(settings().vocabularies["hpo"])
    refuse_unlicensed(Vocabulary("x", None, licence_required=True, licence_granted=True, licence_sentence="s"))
