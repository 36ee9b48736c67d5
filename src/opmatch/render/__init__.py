"""Answers as text: one module an output; a renderer returns text and never prints."""
