"""What the mesh costs, measured against a bare baseline on the same path in the same run."""
