"""Which candidate is the likeliest, and how likely it is that it is right."""
