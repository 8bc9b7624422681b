"""Reading decisions, what the board is told, and the delegation order."""
