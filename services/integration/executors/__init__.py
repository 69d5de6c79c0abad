"""Running guarded queries in sources: one port, one adapter for each kind. Usable without the service around it."""
