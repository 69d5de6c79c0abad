"""The tables in ClickHouse, step by step; `python -m services.analytics migrate` applies what is missing."""
