"""What the engine knows of English words in general, by subject. Words alone: nothing here knows any schema."""
