"""What a team that keeps a catalog wants to know of it: coverage, gaps, what to verify, what has changed."""
