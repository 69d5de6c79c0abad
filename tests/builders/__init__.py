"""Real things for tests to stand on, made quickly."""
