"""The outer world behind the ports: PostgreSQL, the answer gateway, usage."""
