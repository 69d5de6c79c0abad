"""The built-in answer engine: a pure library from a question and a catalog to SQL, a clarification or a refusal."""

from services.ml_gateway.engine.engine import plan
from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.outcome import NeedsClarification, Outcome, Planned, Refused
from services.ml_gateway.engine.reader.planning import BAR

__all__ = ["BAR", "Index", "NeedsClarification", "Outcome", "Planned", "Refused", "plan", "prepare"]
