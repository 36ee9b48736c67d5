"""An index of what gates find, so that the cost of a request follows its candidates."""
