"""Files as a source: prepared, profiled and queried in workers that can reach nothing else, as in the mesh."""

from __future__ import annotations
