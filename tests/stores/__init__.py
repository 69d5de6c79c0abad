"""The embedded ClickHouse, asked by the client that everybody uses."""
