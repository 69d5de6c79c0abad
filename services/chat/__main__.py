"""`python -m services.chat` serves; `migrate` brings its schema up to date."""

from meshkit import process
from services.chat.bootstrap import assemble
from services.chat.settings import Settings

if __name__ == "__main__":
    process.main("chat", Settings, assemble)
