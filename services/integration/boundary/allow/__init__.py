"""What may stand in a query, as data: one module per dialect, all built from the common lists in `common`."""
