"""One file for each family of wishes: each reads what it understands of a clause and leaves the rest."""
