"""What people say without naming it, as parts and further queries: a module for each way of saying."""
