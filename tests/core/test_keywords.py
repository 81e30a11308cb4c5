"""Consent is revoked by a whole message, and never by a sentence that only contains such a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.messages.keywords import Keyword, keyword

STOPS = [
    "STOP",
    "stop",
    "Stop!",
    "  stop  ",
    "STOP.",
    "stop?!",
    '"stop"',
    "(stop)",
    "STOP\n",
    "Stop 🛑",
    "quit",
    "END",
    "end.",
    "revoke",
    "REVOKE!",
    "opt out",
    "Opt-out",
    "OPTOUT",
    "opt_out",
    "cancel",
    "CANCEL.",
    "unsubscribe",
    "Unsubscribe!!",
    "stop all",
    "STOPALL",
    "remove",
    "please stop",
    "Stop, please",
    "arrêt",
    "ARRET",
    "alto",
    "parar",
    "Baja",
    "Stopp",
    "abmelden",
    "стоп",
    "停止",
    "退订",
]
STARTS = ["START", "unstop", "Unstop!", "opt in", "OPT-IN", "resume", "subscribe", "comenzar"]
HELPS = ["HELP", "help!", "Help?", "info", "AYUDA", "aide", "help me"]
SENTENCES = [
    "end my reading rep",
    "stop by the store",
    "cancel task 3",
    "don't stop",
    "the end",
    "quit smoking plan",
    "how do I cancel a task?",
    "stop the 9am nudge",
    "end of day summary",
    "revoke his badge",
    "remove milk from the list",
    "opt out of the gym",
    "unsubscribe from the newsletter",
    "never stop exploring",
    "stopped",
    "stopping now",
    "s t o p",
    "start my run",
    "restart",
    "help me write a letter",
    "I need help",
    "information",
    "did 25 pages, then stop",
    "alto saxophone practice",
    "stop and go",
    "ended",
    "quitting time",
    "yes",
    "no",
    "cancel culture essay",
    "help wanted ad",
    "",
    "quit the gym reminder",
    "end the session at noon",
    "revoke access for the old laptop",
    "cancel my 3pm",
    "please cancel the order",
    "stop words in search engines",
    "unsubscribe button is broken",
    "opt in survey notes",
    "start with chapter two",
    "help desk ticket",
    "remove duplicates",
    "stop loss order",
    "full stop",
    "bus stop",
    "one stop shop",
    "weekend",
    "ending",
    "cancelled flight",
    "quits",
    "revoked",
    "stopwatch",
    "Stop sign on Main",
    "arrêt de bus",
    "alto en calorías",
    "parar el coche",
    "fin de semana",
]


@pytest.mark.parametrize("text", STOPS)
def test_a_word_of_revocation_alone_is_a_stop(text: str) -> None:
    assert keyword(text) is Keyword.STOP


@pytest.mark.parametrize("text", STARTS)
def test_a_word_of_consent_alone_is_a_start(text: str) -> None:
    assert keyword(text) is Keyword.START


@pytest.mark.parametrize("text", HELPS)
def test_a_cry_for_help_alone_is_a_help(text: str) -> None:
    assert keyword(text) is Keyword.HELP


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_that_contains_such_a_word_is_a_sentence(text: str) -> None:
    assert keyword(text) is None


@given(st.text())
def test_any_text_is_looked_at_without_an_error(text: str) -> None:
    assert keyword(text) in {None, *Keyword}


@given(st.sampled_from(STOPS), st.text(alphabet=" .!?,;:-\n\t", max_size=5))
def test_punctuation_and_space_around_a_keyword_change_nothing(text: str, around: str) -> None:
    assert keyword(around + text + around) is Keyword.STOP
