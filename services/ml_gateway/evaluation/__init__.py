"""Organizations' own benchmark questions, and how well they are answered over time."""
