"""One module a format, read or written; the edges where other people's tables come in."""
