"""The words that attribute, of :mod:`ingest.language.lexicon`, and the small words around them."""

from __future__ import annotations

from ingest.language.dates.grammar import FULL_MONTHS, WEEKDAYS
from ingest.language.dates.grammar import MONTHS as MONTH_NUMBERS
from ingest.language.lexicon import Entry, entries
from ingest.language.words import word_set

#: Verbs whose content is both what comes before them and what comes after; nobody is named.
SEEMING = frozenset(["seems", "seemed", "appears", "appeared"])

#: With verbs that seldom attribute; they are candidates, and no help in finding where a phrase ends.
ALL_VERBS: dict[str, Entry] = {form: verb for form, verb in entries("verb").items() if verb.frames}
VERBS = {form: verb for form, verb in ALL_VERBS.items() if "seldom" not in verb.flags}
#: Nouns that a that-clause gives the content of.
NOUNS = frozenset(form for form, noun in entries("noun").items() if "n" in noun.frames)

#: Adjectives after a form of "be" that a clause or a preposition leads on from: an attitude.
ADJECTIVES = word_set(
    """
    confident aware sure worried concerned critical eager convinced certain skeptical sceptical supportive
    opposed proud afraid hopeful optimistic pessimistic disappointed unaware surprised scared adamant mindful
    wary glad happy sorry grateful angry furious upset frustrated unhappy dismissive keen clear reluctant
    willing unwilling prepared ready hard tough silent vague open vocal outspoken excited enthusiastic comfortable
    uncomfortable determined sympathetic partial
    """
)
ADJECTIVE_LINKS = frozenset(["that", "of", "about", "to", "by", "with", "over", "for", "on", "in", "at"])

REPORTEDLY = frozenset(form for form, adverb in entries("adverb").items() if "r" in adverb.frames)

AUXILIARIES = word_set(
    """
    has have had is was are were be been being am will would can could may might must shall should do does did
    's 're isn't wasn't aren't weren't hasn't haven't hadn't won't wouldn't can't couldn't don't doesn't didn't
    shouldn't cannot
    """
)
BE = word_set("is was are were be been being am isn't wasn't aren't weren't got")
ADVERBS = word_set(
    """
    also not never ever still again then now just even once always often already later first twice soon thus
    only instead further too so simply frequently n't rather perhaps almost nearly long recently
    """
)
PRONOUNS = word_set("he she they it we i you")
CONTRACTIONS = {
    "he's": "he", "she's": "she", "they're": "they", "it's": "it", "we're": "we", "i'm": "i", "you're": "you",
    "he'd": "he", "she'd": "she", "they'd": "they", "they've": "they", "we've": "we", "i've": "i", "i'd": "i",
    "he'll": "he", "she'll": "she", "they'll": "they", "we'd": "we", "who's": "who", "who've": "who",
}  # fmt: skip
RELATIVES = frozenset(["who", "which", "that"])
SUBORDINATORS = word_set(
    """
    that because while when if but although though as since after before where whereas whether so than until
    unless what how why once yet or nor whom whose
    """
)
WH = word_set("that what how why whether if who when where which")
PREPOSITIONS = word_set(
    """
    of in on at for from with by to into over under about against during through between among after before
    without toward towards despite amid following like including since as per via upon within around across
    outside inside near until
    """
)
DETERMINERS = word_set(
    """
    the a an this that these those his her their its our my your some many most several few one two three four
    five all both each every another other no any
    """
)
# Short forms with their stop, as "mar" and "sat" are words.
DAYS = frozenset(WEEKDAYS) | word_set("yesterday today tonight mon. tue. wed. thu. fri. sat. sun.")
MONTHS = frozenset(FULL_MONTHS) | {f"{short}." for short in MONTH_NUMBERS.keys() - set(FULL_MONTHS)}
TIMES = word_set("week month year night morning afternoon evening day time")
#: Where something was said: "said in an interview", "told a news conference".
OCCASIONS = word_set(
    """
    statement interview speech tweet conference call email e-mail release post letter report rally briefing
    message video press memo address debate town hall event appearance ad blog column article op-ed editorial
    testimony hearing note facebook twitter meeting remarks transcript podcast show program broadcast
    """
)
#: Verbs of plain narrative, so that a noun phrase is not taken beyond them.
COMMON_VERBS = word_set(
    """
    made make makes took take takes came come comes went go goes got gets gave give gives put puts ran run runs
    saw left lost met won held kept led brought began fell grew rose stood sent spent built bought caught drew
    threw paid sat let set cut hit became become becomes seems seem appears appear looks look sounds needs
    includes remains remain works lives plays means says said told is was are were has had have do does did
    wants struck fled drove flew grew knew wore tore swore threw blew shook woke broke chose froze stole hid
    slept swept crept felt dealt meant bent lent spread hurt shut split rode strode wrote fought sought taught
    laid fed sold told heard ate bit beat swam sang rang drank sank shrank stuck hung swung dug won shot lost
    slid wound ground sped bled led read became forgot forgave withdrew undertook oversaw rebuilt underwent
    smiled arrived used
    """
)
