"""The demo organization: an invented shop with two and a half years of business, and the people who ask about it."""
