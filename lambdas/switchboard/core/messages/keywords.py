"""STOP, START and HELP, matched on the whole message: a sentence that contains a keyword is a sentence.

The words that revoke consent are the FCC's (47 CFR 64.1200(a)(10)) and the carriers', and what people
write for them in the languages most spoken around a US number.
"""

import re
import unicodedata
from enum import StrEnum


class Keyword(StrEnum):
    STOP = "stop"
    START = "start"
    HELP = "help"


_WORDS: dict[Keyword, str] = {
    Keyword.STOP: """
        stop stopall quit end revoke cancel unsubscribe optout remove td
        arret arreter desabonner
        alto parar pare baja cancelar basta detener
        stopp abmelden abbestellen
        fermare annulla
        停止 取消 退订 退訂 중지 стоп
    """,
    Keyword.START: """
        start unstop optin resume subscribe
        comenzar iniciar commencer reprendre anmelden iniziare
    """,
    Keyword.HELP: "help info aide ayuda ajuda hilfe aiuto",
}
_PHRASES = {
    "opt out": Keyword.STOP,
    "opt me out": Keyword.STOP,
    "stop all": Keyword.STOP,
    "stop texting me": Keyword.STOP,
    "stop messaging me": Keyword.STOP,
    "stop please": Keyword.STOP,
    "please stop": Keyword.STOP,
    "unsubscribe me": Keyword.STOP,
    "remove me": Keyword.STOP,
    "no more messages": Keyword.STOP,
    "no mas": Keyword.STOP,
    "opt in": Keyword.START,
    "opt me in": Keyword.START,
    "help me": Keyword.HELP,
}
_KEYWORDS = {word: keyword for keyword, words in _WORDS.items() for word in words.split()} | _PHRASES


def keyword(text: str) -> Keyword | None:
    """What a whole message asks for; case, accents, space and punctuation aside.

    "CANCEL." and "Opt-out" are keywords; "cancel task 3" and "stop by the store" are not, nor is the
    command "/help", while "/stop" is heard as what it means.
    """
    found = _KEYWORDS.get(words_of(text)) if len(text) <= 64 else None
    return None if found is Keyword.HELP and text.lstrip().startswith("/") else found


def words_of(text: str) -> str:
    """The words of a text, a space apart; case, accents and punctuation aside."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    recomposed = unicodedata.normalize("NFC", letters)
    return " ".join(re.sub(r"[\W_]+", " ", recomposed).split())
