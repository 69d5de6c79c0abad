"""Follow-ups: a question that is read against the one before it. Pure, like the engine around it."""
