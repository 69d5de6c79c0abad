"""What an organization has taught: words, verified answers, verdicts; and how a question is read by them."""
