"""The operator's look at the audit trail of what runs."""

from tests.builders.mesh import Mesh, infinure


def test_the_trail_of_the_running_mesh_holds(mesh: Mesh) -> None:
    done = infinure(mesh.home, "audit", "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "trails hold" in done.stdout
