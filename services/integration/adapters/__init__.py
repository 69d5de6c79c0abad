"""PostgreSQL, DNS, the vault and the sources themselves, behind the ports."""
