"""The analytics service: which questions were asked and how they went, never their words."""
