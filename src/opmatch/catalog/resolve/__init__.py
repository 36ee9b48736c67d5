"""From a program as written to a program as meant: words to ids, sites to points, clock texts to minutes."""
