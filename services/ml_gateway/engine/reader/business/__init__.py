"""What business questions say in set phrases: growth, shares, running totals, the best of each group, durations."""
