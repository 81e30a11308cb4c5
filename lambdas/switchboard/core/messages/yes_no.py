"""Yes and no, read from a whole message of the person's own: never guessed, and never left to a model."""

from typing import Final

from switchboard.core.messages.keywords import words_of

LONGEST: Final = 64

_ANSWERS: Final = {
    True: """
        yes y yep yeah yup sure ok okay agreed
        si claro vale oui ja jawohl sim certo
        是 是的 好 好的 对 네 예 да
    """,
    False: "no n nope nah never nein non nao nicht 不 不是 不要 아니요 아니오 нет",
}
_WORDS: Final = {word: means for means, words in _ANSWERS.items() for word in words.split()}
_PHRASES: Final = frozenset({"do it", "go ahead", "add it", "add them", "sounds good", "va bene", "d accord"})
_BESIDE: Final = """
    please thanks thank you do it that them this add all go ahead sounds good of course mind
    por favor gracias merci bitte danke obrigado grazie va bene d accord
"""
_TAKEN: Final = _WORDS.keys() | set(_BESIDE.split())


def answer(text: str) -> bool | None:
    """What a message says: yes, no, or None when it is anything else, or more than that.

    "Yes please" is a yes; "ok, what's next?" and "yes but on Friday" are neither.
    """
    words = words_of(text) if len(text) <= LONGEST else ""
    if words in _PHRASES:
        return True
    said = words.split()
    if not _TAKEN.issuperset(said):
        return None
    meant = {_WORDS[word] for word in said if word in _WORDS}
    return meant.pop() if len(meant) == 1 else None
