"""PostgreSQL and the folder of signing keys, behind the ports."""
