"""Questions back: where the likeliest readings of a question differ, and how the one that is chosen is known again."""
