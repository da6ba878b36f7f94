"""One world for the session; each test begins with a calm one."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.world import World


@pytest.fixture(scope="session")
def _world() -> Iterator[World]:
    world = World(Path(os.environ["FLOWS_STATE"]))
    yield world
    world.close()


@pytest.fixture
def world(_world: World) -> Iterator[World]:
    yield _world
    _world.calm()
