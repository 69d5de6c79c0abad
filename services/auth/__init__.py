"""The auth service: who is asking, for which organization, and by which keys others can tell."""
