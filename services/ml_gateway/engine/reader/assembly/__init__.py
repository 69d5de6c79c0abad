"""Labelled parts, put together step by step to the queries that they make."""
