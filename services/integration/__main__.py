"""`python -m services.integration` serves; `migrate` brings its schema up to date."""

from meshkit import process
from services.integration.bootstrap import assemble
from services.integration.settings import Settings

if __name__ == "__main__":
    process.main("integration", Settings, assemble)
