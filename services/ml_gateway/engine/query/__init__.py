"""What a question asks, as a typed tree free of words and of SQL, and its way into SQL."""
