"""Business questions with SQL written by hand, over three invented databases, and how many are answered right."""
