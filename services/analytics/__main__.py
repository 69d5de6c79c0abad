"""`python -m services.analytics` serves; `migrate` brings the tables up to date."""

import os
import sys

from meshkit import process
from meshkit.settings import SettingsError, load
from services.analytics.bootstrap import assemble
from services.analytics.settings import Settings, StoreSettings

if __name__ == "__main__":
    if sys.argv[1:] == ["migrate"]:
        from services.analytics import migrating

        try:
            migrating.main(load(StoreSettings, os.environ))
        except SettingsError as error:
            sys.exit(f"analytics: {error}")
        sys.exit(0)
    process.main("analytics", Settings, assemble)
