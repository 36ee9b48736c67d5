"""Many requests in, many answers out: rows read, ranked in chunks, written in order."""
