"""`python -m cli.stores.clickhouse`: serves one data folder until SIGTERM. Settings come from the environment."""

import gc
import json
import logging
import sys

from cli.stores.clickhouse.serving import serve
from cli.stores.clickhouse.settings import read


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {"time": self.formatTime(record), "level": record.levelname, "message": record.getMessage()}
        return json.dumps(line)


def main() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    try:
        settings = read()
    except (ValueError, OSError) as error:
        sys.exit(f"The store can't start: {error}")
    gc.freeze()
    serve(settings)


if __name__ == "__main__":
    main()
