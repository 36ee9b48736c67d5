"""Words to a request: places, weekly time, request files, and everything resolved at once."""
