"""Which sources a caller sees: all of the organization's, or those that they are held to. Pure."""

from uuid import UUID

from meshkit.identity import Caller
from services.integration.errors import SourceNotFound


def seen_by(caller: Caller, source_id: UUID) -> UUID:
    """The id again. Raises SourceNotFound, as for one that isn't there, where the caller is held to others."""
    if not caller.may_see(source_id):
        raise SourceNotFound(source_id)
    return source_id
