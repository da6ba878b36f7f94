"""catalog_refresh_flow, and what it starts."""

from support.api import Run
from support.processes import eventually
from support.world import World

STAGES = ("download", "parse", "normalize", "enrich", "merge", "embed", "write", "validate")


def mappings(world: World) -> list[str]:
    """The runs of the mapping that a published catalog started."""
    found = world.admin.must("GET", "/dags/concept_mapping/dagRuns?limit=100")["dag_runs"]
    return [run["dag_run_id"] for run in found if run["run_type"] == "asset_triggered"]


def test_from_end_to_end_and_the_mapping_of_concepts_after_it(world: World) -> None:
    world.application.batches = 1
    # Its nine steps may take a second each here: the run is late, which is told and ends nothing.
    world.play({"download": [{"fake/run-for": "15s"}]})
    world.admin.must("PATCH", "/dags/concept_mapping", {"is_paused": False})
    try:
        run = world.trigger("catalog_refresh_flow.hpo")
        run.ends("success")
        assert [pod.args[0] for pod in world.pods.of(run)] == [*STAGES, "publish"]
        (name,) = eventually("the mapping begins", 60, lambda: mappings(world) or None)
        mapping = world.adopt(Run(world.admin, "concept_mapping", name))
        mapping.ends("success", 400)
        mapped = [task.state for task in mapping.of("map_concepts")]
        assert mapped == ["success"] * len(world.flows["sources"])
        (labels,) = eventually("the run is late", 30, lambda: world.alerts_of(run) or None)
        assert (labels["alertname"], labels["dag_id"]) == ("MedkgFlowLate", "catalog_refresh_flow.hpo")
    finally:
        world.admin.must("PATCH", "/dags/concept_mapping", {"is_paused": True})


def test_without_a_licence_nothing_is_fetched(world: World) -> None:
    run = world.trigger("catalog_refresh_flow.snomed")
    run.ends("failed")
    assert "SNOMED requires affiliate license" in run.log(run.one("licence"))
    assert world.pods.of(run) == []
    others = {name: states for name, states in run.states().items() if name != "licence"}
    assert set.union(*others.values()) == {"upstream_failed"}


def test_a_catalog_that_differs_too_much_is_not_published(world: World) -> None:
    world.application.validation["concepts"]["after"] = 101_000  # 1 %: only less is let through
    before = mappings(world)
    run = world.trigger("catalog_refresh_flow.hpo")
    run.ends("failed")
    assert "the number of concepts differs by 1.00%" in run.log(run.one("judge"))
    assert [pod.args[0] for pod in world.pods.of(run)] == list(STAGES)
    assert run.one("publish").state == "upstream_failed"
    assert mappings(world) == before
