"""Names of the demo shop's database, apart from what makes it: who only names it imports no driver."""

DATABASE = "demo_shop"
READER = "demo_reader"
