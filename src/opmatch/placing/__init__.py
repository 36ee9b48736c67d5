"""Many people and limited seats: the best placement overall, exact, and why somebody waits."""
