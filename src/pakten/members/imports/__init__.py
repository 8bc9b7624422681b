"""Import of a member register: cells to values, rows to a plan, the plan applied and taken back."""
