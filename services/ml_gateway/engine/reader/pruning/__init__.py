"""What cannot be meant, is said twice or leaves words out: readings that go, refusals and doubts."""
