"""How long a start takes when everything is there already."""

from benchmarks.figures import Aim, Figure, median
from benchmarks.mesh import Mesh

STARTS = 2
AIM_SECONDS = 10.0
SUBJECT = "start"


def measure(mesh: Mesh) -> Figure:
    """Stops and starts the mesh; it runs afterwards."""
    seconds = []
    for _ in range(STARTS):
        mesh.down()
        seconds.append(mesh.up())
    aim = Aim(AIM_SECONDS)
    return Figure(SUBJECT, "warm: all ready", "s", median(seconds), aim=aim, aim_on="median", note=f"{STARTS} starts")
