"""The integration service: data sources, their catalogs, and the query boundary, the one way to tenants' data."""
