"""What a question names, and the part that each name, value and number of it plays."""
