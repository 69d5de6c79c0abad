"""SQL that was typed as a question: an analyst's runs as it stands, behind the boundary as any query does. Pure."""

import hashlib
from dataclasses import dataclass

from services.ml_gateway.engine import Refused
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.outcome import RefusalReason
from services.ml_gateway.learning.checking import DoesNotFit, NotAQuery, check

_NO_QUERY = "That looks like SQL, but isn't one SELECT that can be read. Correct it, or ask in plain words."
_OF_NOTHING = "That SQL names a table or a column that isn't in your data. Correct it, or ask in plain words."


@dataclass(frozen=True, slots=True)
class Typed:
    """Stands where a plan would. tables are those read, as schema.name."""

    sql: str
    fingerprint: str
    tables: tuple[str, ...]

    @property
    def summary(self) -> str:
        return "Your own SQL, run as it stands over what you may see."

    @property
    def title(self) -> str:
        return "Your query"


def typed(text: str, catalog: Catalog) -> Typed | Refused:
    """The query that was typed, or why it can't be one over this catalog. The boundary decides what of it may run."""
    sql = text.strip().rstrip(";").rstrip()
    try:
        tables = check(sql, catalog).tables
    except NotAQuery:
        return Refused(RefusalReason.UNSUPPORTED, _NO_QUERY)
    except DoesNotFit:
        return Refused(RefusalReason.UNSUPPORTED, _OF_NOTHING)
    return Typed(sql, hashlib.sha256(f"{catalog.dialect}\n{sql}".encode()).hexdigest()[:32], tables)
