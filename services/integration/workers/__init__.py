"""Confined processes for what touches a stranger's file: one piece of work each. Usable without a mesh."""

from services.integration.workers.errors import (
    ConfinementUnavailable,
    Refused,
    WorkError,
    WorkersBusy,
    WorkersUnavailable,
    WorkFailed,
    WorkKilled,
)
from services.integration.workers.model import Message, Work, WorkLimits
from services.integration.workers.pool import Conversation, Workers

__all__ = [
    "ConfinementUnavailable",
    "Conversation",
    "Message",
    "Refused",
    "Work",
    "WorkError",
    "WorkFailed",
    "WorkKilled",
    "WorkLimits",
    "Workers",
    "WorkersBusy",
    "WorkersUnavailable",
]
