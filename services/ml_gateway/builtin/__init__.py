"""The built-in engine behind the gateway's port: from the caller's catalogs to a plan, its query and its events."""
