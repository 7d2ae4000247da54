"""Small talk: a greeting, thanks, or a question about the assistant itself, answered in one line.

Invariant: a message that asks anything else is not small talk, however politely it begins.
"""

from __future__ import annotations

import re
import unicodedata

_HELLO = "Hello! Ask me a question about the articles in the archive."
_WHO = (
    "I am a news assistant: I answer questions from the articles in the archive, "
    "and cite the sentence behind every claim."
)
_CAN = (
    "I answer questions about the articles in the archive: who said what, when, where and how many. "
    "Every claim cites its sentence; where the archive does not say, I say so."
)
_WELL = "I am well, thank you. Ask me a question about the articles in the archive."
_THANKS = "You are welcome. Ask me anything else about the archive."
_BYE = "Goodbye!"
_OKAY = "Good. Ask me anything else about the archive."
_SORRY = "I am sorry that this did not help. Try naming the person, place or day that you mean."

_GREETED = r"(?: (?:there|all|everyone|everybody|assistant|bot|friend|again|mate|buddy|sir|madam|guys|team|folks))*"
_GREETING = (
    r"(?:hi+|hello+|hey+|hiya|howdy|greetings|welcome|good (?:morning|afternoon|evening|day)|morning|evening|yo|salut"
    rf"|hallo|bonjour|hola|ciao){_GREETED}"
)
_POLITE = (
    r"(?: (?:please|then|today|now|so much|very much|a lot|again|for (?:that|this|helping|(?:your |the )?help)"
    r"|for (?:your|the) (?:answer|reply)))*"
)
_IS = r"(?: i|')?s"
# What the whole message must be, and the reply.
_REPLIES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile("|".join(forms)), reply)
    for forms, reply in (
        (
            (
                r"(?:so )?(?:who|what) (?:are|r) (?:you|u)(?: exactly)?",
                rf"what{_IS} your name|do you have a name|(?:tell me|say something) about yourself|introduce yourself",
                r"what is this(?: (?:thing|app|page|site))?|are you (?:there|chatgpt)",
                r"are you (?:an? )?(?:bot|robot|human|person|real|machine|ai|chatbot|real person|language model)",
                r"who (?:made|built|created|wrote|trained) you",
            ),
            _WHO,
        ),
        (
            (
                r"(?:so )?what (?:can|do|could) you do(?: for me)?|what (?:can|should) i ask(?: you)?(?: about)?",
                r"how do(?:es)? (?:you|this) work|how can you help(?: me)?|can you help(?: me)?(?: out)?|help(?: me)?",
                r"how (?:do|can|should) i use (?:you|this)|what do you know(?: about)?",
            ),
            _CAN,
        ),
        (
            (
                rf"how are (?:you|things)(?: doing)?|how{_IS} it going|how do you do|how have you been",
                rf"are you (?:ok|okay|well)|what{_IS} up|nice to meet you|how{_IS} your day(?: going)?",
                r"you (?:ok|okay|alright)",
            ),
            _WELL,
        ),
        (
            (
                r"(?:(?:ok(?:ay)?|great|perfect|cool|super|no|yes|well) )?"
                r"(?:(?:many |much )?thanks?(?: you)?|thank (?:you|u)|thx|ty|cheers|much appreciated|merci|danke)",
            ),
            _THANKS,
        ),
        (
            (
                r"(?:good ?)?bye+(?: bye)?|see (?:you|ya)(?: (?:later|soon|tomorrow|around))?|good ?night",
                rf"have a (?:nice|good|great) (?:day|evening|weekend|one|night)|that{_IS} all(?: for now)?|so long",
                r"take care|until next time|farewell|ciao",
            ),
            _BYE,
        ),
        (
            (
                r"ok(?:ay)?|k|great(?: answer)?|cool|nice|good|perfect|super|wow|awesome|excellent|i see|got it",
                r"all right|alright|fine|very good|good (?:job|bot|answer|work|one)|well done|interesting|amazing",
                r"haha+|lol|sure|right|understood",
            ),
            _OKAY,
        ),
        (
            (rf"(?:(?:that{_IS} |this is )?(?:wrong|not helpful|useless|bad|no help|stupid))|bad (?:bot|answer)",),
            _SORRY,
        ),
    )
)
_ONLY_GREETING = re.compile(_GREETING)
_LEADING = re.compile(rf"{_GREETING} |(?:please|well|so|and|ok(?:ay)?) ")
_TRAILING = re.compile(rf"{_POLITE}(?: assistant| bot)?")


def is_small_talk(question: str) -> str | None:
    """The one-line reply to small talk, or None for a message that asks about anything else."""
    said = _plain(question)
    if not said or len(said) > 80:
        return None
    if _ONLY_GREETING.fullmatch(said):
        return _HELLO
    return _reply(said)


def _reply(said: str) -> str | None:
    for pattern, reply in _REPLIES:
        begins = re.match(rf"(?:{pattern.pattern}){_TRAILING.pattern}(?= |$)", said)
        if begins and begins.end() == len(said):
            return reply
        if begins:  # "thanks, bye"
            further = _reply(said[begins.end() + 1 :])
            if further is not None:
                return further
    leading = _LEADING.match(said)
    return _reply(said[leading.end() :]) if leading else None


def _plain(text: str) -> str:
    """Lower case words, single spaces, apostrophes straight; emoji and other punctuation left out."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(re.sub(r"[^\w\s']", " ", text).split())
