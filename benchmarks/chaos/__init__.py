"""Two hundred messages while processes are killed -9 in turn: what was lost, said twice, opened twice, out of order."""
