"""The field's words: needs, approaches, payers, languages, populations and crisis lines, and their resolver."""
