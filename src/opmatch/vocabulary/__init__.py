"""The field's words: needs, approaches, payers, languages, crisis lines, and their resolver."""
