"""The embedded stores: real PostgreSQL and Valkey servers started from wheels, and what is provisioned in them."""
