"""What the mesh calls."""
