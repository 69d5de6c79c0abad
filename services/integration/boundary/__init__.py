"""The query boundary: proposed SQL in, SQL that its asker may run out, or a typed refusal.

A pure library: no driver, no network, no clock. `guard.guard` is its one door.
"""

import logging

# The parser's log lines quote the text that it reads, and a query's text may hold tenants' data.
logging.getLogger("sqlglot").disabled = True
