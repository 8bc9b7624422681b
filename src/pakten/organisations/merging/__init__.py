"""Two records of one organisation made one: which rows go along, and how each is taken back."""
