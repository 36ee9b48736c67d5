"""The nouns: program, request, ranking, and the weekly clock they share. All frozen."""
