"""The ports over other services."""
