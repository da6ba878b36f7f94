"""One world for the session; each test begins with a calm one."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.world import World


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--half", metavar="DIGITS", help="every second scenario; the digits of a commit say which")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    digits = config.getoption("--half")
    if digits is None:
        return
    first = int(digits[:8], 16) % 2
    config.hook.pytest_deselected(items=items[1 - first :: 2])
    items[:] = items[first::2]


@pytest.fixture(scope="session")
def _world() -> Iterator[World]:
    world = World(Path(os.environ["FLOWS_STATE"]))
    yield world
    world.close()


@pytest.fixture
def world(_world: World) -> Iterator[World]:
    yield _world
    _world.calm()
