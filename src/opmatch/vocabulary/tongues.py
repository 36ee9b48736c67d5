"""In which language a text is written, by its small words."""

from __future__ import annotations

from opmatch.vocabulary.small_words import small_words
from opmatch.vocabulary.tokens import Token, Tongue


def tongues(typed: tuple[Token, ...]) -> tuple[Tongue, ...]:
    """Which languages a text is read in: one where its small words tell, both for a few words without any."""
    spanish = sum(token.word in small_words("spanish") for token in typed) + sum(
        not token.typed.isascii() for token in typed
    )
    english = sum(token.word in small_words("english") for token in typed)
    if spanish > english:
        return ("es",)
    return ("en",) if english > spanish else ("en", "es")
