"""Answers: which engine reads a question, what it may ask of the data, and the events that come of it."""
