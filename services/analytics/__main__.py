"""`python -m services.analytics` serves; `migrate` brings the tables up to date."""

from meshkit import process
from services.analytics.bootstrap import assemble
from services.analytics.settings import Settings

if __name__ == "__main__":
    process.main("analytics", Settings, assemble)
