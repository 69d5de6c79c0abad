"""Measures the project against corpora of attacks and of good requests: `python -m tests.security --corpus DIR`."""
