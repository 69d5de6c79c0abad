"""Who may do what: the one table from role to permissions. Every rpc names the permission it needs in its contract.

Roles shape the wording of answers; what a person may do or see is settled here and by the access policies of sources.
The specification contradicts itself about who connects data sources; docs/decisions/0002-role-permissions.md decides.
"""

from collections.abc import Iterable, Mapping

from infinure.error.v1 import access_pb2

ASK = access_pb2.PERMISSION_ASK
READ_SOURCES = access_pb2.PERMISSION_READ_SOURCES
MANAGE_SOURCES = access_pb2.PERMISSION_MANAGE_SOURCES
READ_USAGE = access_pb2.PERMISSION_READ_USAGE
RECORD_USAGE = access_pb2.PERMISSION_RECORD_USAGE
READ_AUDIT = access_pb2.PERMISSION_READ_AUDIT
ADMINISTER = access_pb2.PERMISSION_ADMINISTER
KEEP_PERSONAL_DATA = access_pb2.PERMISSION_KEEP_PERSONAL_DATA

BY_ROLE: Mapping[str, frozenset[int]] = {
    "ceo": frozenset({ASK, READ_SOURCES, MANAGE_SOURCES, READ_USAGE, READ_AUDIT, ADMINISTER}),
    "director": frozenset({ASK, READ_SOURCES, MANAGE_SOURCES, READ_USAGE}),
    "manager": frozenset({ASK, READ_SOURCES}),
    "analyst": frozenset({ASK, READ_SOURCES}),
    "viewer": frozenset({ASK, READ_SOURCES}),
}
# Work that nobody in particular asked for: indexing a catalog, delivering usage.
JOB = frozenset({READ_SOURCES, RECORD_USAGE})
# On top of the user's own, for work that a user asked for.
JOB_OF_A_USER = frozenset({RECORD_USAGE})
# Exporting, erasing and letting go of people's data: this service's own jobs, and nothing else.
JOB_ON_PERSONAL_DATA = frozenset({KEEP_PERSONAL_DATA})
# A person can't be given what only jobs hold.
GRANTABLE = frozenset({ASK, READ_SOURCES, MANAGE_SOURCES, READ_USAGE, READ_AUDIT, ADMINISTER})


def names(numbers: Iterable[int]) -> str:
    """As the audit trail tells them, e.g. "ASK,READ_SOURCES"."""
    by_number = access_pb2.Permission.DESCRIPTOR.values_by_number
    return ",".join(by_number[number].name.removeprefix("PERMISSION_") for number in sorted(numbers))


def of_user(role: str, grants: Iterable[str]) -> frozenset[int]:
    """The role's permissions and those granted by name, e.g. `READ_USAGE`; a name that is no grant gives nothing."""
    numbers = access_pb2.Permission.DESCRIPTOR.values_by_name
    granted = {numbers[f"PERMISSION_{name}"].number for name in grants if f"PERMISSION_{name}" in numbers}
    return BY_ROLE[role] | (granted & GRANTABLE)
