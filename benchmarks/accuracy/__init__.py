"""How near the program comes to the truth, on people whose back is known."""
