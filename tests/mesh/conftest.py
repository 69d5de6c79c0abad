"""One mesh for all tests of this folder; they run in one worker, in any order."""

from collections.abc import Iterator

import pytest

from tests.builders.mesh import Mesh, running_mesh


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/mesh/" in str(item.path):
            item.add_marker(pytest.mark.mesh)
            item.add_marker(pytest.mark.xdist_group("mesh"))


@pytest.fixture(scope="session")
def mesh() -> Iterator[Mesh]:
    with running_mesh() as started:
        yield started
