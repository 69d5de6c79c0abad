"""`python -m services.ml_gateway` serves; `migrate` brings its schema up to date."""

from meshkit import process
from services.ml_gateway.bootstrap import assemble
from services.ml_gateway.settings import Settings

if __name__ == "__main__":
    process.main("ml_gateway", Settings, assemble)
