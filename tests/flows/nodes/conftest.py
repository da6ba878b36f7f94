"""The world of these tests has real nodes."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.real import RealWorld


@pytest.fixture(scope="session")
def _world() -> Iterator[RealWorld]:
    world = RealWorld(Path(os.environ["FLOWS_STATE"]))
    yield world
    world.close()
