"""The learned reader: which part each word of a question plays, and the query that these parts make."""
