"""Learning from questions with known SQL; nothing here is part of the running service."""
