"""Learning the reader's weights from questions with known SQL over SQLite files."""
