"""The store behind the port."""
