"""The words that attribute: verbs with their frames, nouns, adjectives, and the small words around them.

A line of ``_VERBS`` is ``frames [prepositions] : verbs``. Frames:

* ``q`` governs a quotation and stands beside it or after a clause ("…, he said"); ``t`` takes a clause, with or
  without "that"; ``h`` takes one with "that", "whether" or a question word only; ``o`` an object; ``i`` "to …";
  ``a`` somebody spoken to comes before the content; ``s`` is an attitude or an act rather than words.
* a preposition in brackets leads to the content ("called for", "complained about").
"""

from __future__ import annotations

import re
from dataclasses import dataclass


def words(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


_VERBS = """
qt [of about]: say state add note claim insist argue declare announce reveal confirm stress emphasize emphasise
qt [of about]: assert
qt [of about]: contend maintain allege predict caution acknowledge concede admit recall remark quip joke
qt [of about]: comment
qt [of about]: conclude report explain affirm reaffirm reiterate repeat proclaim profess attest testify opine
qt [of about]: muse surmise
qt [to about]: respond reply answer continue counter retort object chime
qt [about of against]: write tweet retweet post blog exclaim shout yell scream chant whisper murmur mutter sigh
qt [about of against]: fume gush
qt [about of against]: warn boast brag complain lament bemoan gripe grumble vow swear pledge promise threaten
qt [at to]: hint signal suggest imply indicate
qta [of about that]: tell remind inform assure notify advise reassure
qta [for about of]: ask
q : read
q [about]: sing joke scold correct
q [] : observe interject reckon state
to: mention cite quote reference echo
h : show demonstrate prove
to: deny note disclose detail clarify specify stipulate underscore underline highlight describe recount
oi: urge implore beg plead encourage exhort instruct order invite press challenge demand request recommend
oi: propose
o : call label dub brand term deem
o [on for]: call
o [on of about in]: criticize criticise blast slam denounce condemn decry deplore mock ridicule assail attack
o [on of about in]: rebuke chastise chide
o : deride disparage lambaste rip bash scold reprimand admonish taunt insult demean belittle
o [for of]: praise applaud laud commend hail compliment thank congratulate credit blame fault
o [of]: accuse
o : endorse defend tout reject dismiss rebuff dispute question downplay minimize challenge portray depict
o : characterize liken
o : compare contest refute rebut disavow renounce repudiate welcome
p [to at]: point allude refer
pt [with to on]: agree disagree concur
p [about of on]: speak talk
p [at against about]: rail
p [about over at]: bristle rant joke worry fret
p [for]: apologize apologise advocate vouch plead push campaign
p [after]: go
so [about in]: think believe
so : fear doubt regret suspect presume assume imagine envision envisage foresee perceive guess bet
soi [for]: hope wish expect prefer intend aim
so : support oppose
so : view regard
so : recognize recognise
so : admire love despise resent distrust respect
soi : agree decline refuse
si : decide
sh [from about]: learn
so : discuss outline express voice propose promote embrace
so : anticipate estimate forecast
sh : know realize realise understand remember forget wonder feel hear notice
sti : want
sh : find discover determine judge
so [for]: offer unleash
"""

_MORE = """
soi : seek consider attempt
so : see address identify nominate present focus deliver share accept approve favour trust pound
so : hammer frame cast treat rank rate introduce issue sign publish
so : prohibit include position tap pass confront celebrate convince persuade hate dislike
so : alarm anger prove detail lament prompt deem treat judge decide
so : tackle echo value fault shun eye covet demand doubt
so : attribute charge sponsor contemplate defeat investigate discount revisit greet miss rattle lie
so : reaffirm discredit debate interpret justify stipulate uphold overturn veto ban block
so [at]: aim
so [in]: rejoice
so [up on out off]: bring
so [on]: focus
so [with]: side
"""

#: Verbs whose content is both what comes before them and what comes after; nobody is named.
SEEMING = frozenset(["seems", "seemed", "appears", "appeared"])

_IRREGULAR = {
    "say": "says said said saying", "tell": "tells told told telling", "write": "writes wrote written writing",
    "think": "thinks thought thought thinking", "know": "knows knew known knowing", "see": "sees saw seen seeing",
    "hear": "hears heard heard hearing", "feel": "feels felt felt feeling", 
    "understand": "understands understood understood understanding", "forget": "forgets forgot forgotten forgetting",
    "lie": "lies lied lied lying", "shed": "sheds shed shed shedding", "bring": "brings brought brought bringing",
    "lay": "lays laid laid laying", "ban": "bans banned banned banning", "bar": "bars barred barred barring",
    "plan": "plans planned planned planning", "seek": "seeks sought sought seeking",
    "try": "tries tried tried trying", "fight": "fights fought fought fighting", "hit": "hits hit hit hitting",
    "cast": "casts cast cast casting", "identify": "identifies identified identified identifying",
    "tap": "taps tapped tapped tapping", "shun": "shuns shunned shunned shunning",
    "mean": "means meant meant meaning", "show": "shows showed shown showing", "speak": "speaks spoke spoken speaking",
    "swear": "swears swore sworn swearing", "read": "reads read read reading", "bet": "bets bet bet betting",
    "foresee": "foresees foresaw foreseen foreseeing", "forecast": "forecasts forecast forecast forecasting",
    "deny": "denies denied denied denying", "imply": "implies implied implied implying",
    "reply": "replies replied replied replying", "testify": "testifies testified testified testifying",
    "clarify": "clarifies clarified clarified clarifying", "specify": "specifies specified specified specifying",
    "notify": "notifies notified notified notifying", "worry": "worries worried worried worrying",
    "decry": "decries decried decried decrying", "rely": "relies relied relied relying",
    "admit": "admits admitted admitted admitting", "rebut": "rebuts rebutted rebutted rebutting",
    "quip": "quips quipped quipped quipping", "brag": "brags bragged bragged bragging",
    "slam": "slams slammed slammed slamming", "rip": "rips ripped ripped ripping", "beg": "begs begged begged begging",
    "dub": "dubs dubbed dubbed dubbing", "refer": "refers referred referred referring",
    "prefer": "prefers preferred preferred preferring", "concur": "concurs concurred concurred concurring",
    "sing": "sings sang sung singing", "go": "goes went gone going", "find": "finds found found finding",
    "blog": "blogs blogged blogged blogging", "fret": "frets fretted fretted fretting",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb: ``tense`` is "base", "s", "past", "participle" (both of the last two where they are the
    same: "past") or "ing". ``kin`` are the first verbs of the lines that list it: what it is like.
    """

    lemma: str
    tense: str
    frames: str
    prepositions: frozenset[str]
    kin: tuple[str, ...]


def _forms(lemma: str) -> list[tuple[str, str]]:
    if lemma in _IRREGULAR:
        s, past, participle, ing = _IRREGULAR[lemma].split()
        return [(lemma, "base"), (s, "s"), (participle, "participle"), (past, "past"), (ing, "ing")]
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    s = lemma + ("es" if re.search(r"(?:s|sh|ch|x|z)$", lemma) else "s")
    return [(lemma, "base"), (s, "s"), (stem + "ed", "past"), (stem + "ing", "ing")]


def _verbs(table: str) -> dict[str, Verb]:
    frames: dict[str, str] = {}
    prepositions: dict[str, set[str]] = {}
    kin: dict[str, list[str]] = {}
    for line in table.strip().splitlines():
        head, _, lemmas = line.partition(":")
        frame, _, inner = head.partition("[")
        for lemma in lemmas.split():
            known = frames.get(lemma, "")
            frames[lemma] = known + "".join(c for c in frame.strip() if c not in known)
            prepositions.setdefault(lemma, set()).update(inner.strip(" ]").split())
            kin.setdefault(lemma, []).append(lemmas.split()[0])
    return {
        form: Verb(lemma, tense, frame, frozenset(prepositions[lemma]), tuple(kin[lemma]))
        for lemma, frame in frames.items()
        for form, tense in _forms(lemma)
    }


VERBS = _verbs(_VERBS)
#: With verbs that seldom attribute; they are candidates, and no help in finding where a phrase ends.
ALL_VERBS = _verbs(_MORE) | VERBS

#: Nouns that a that-clause gives the content of.
NOUNS = words(
    """
    statement claim report belief accusation allegation view argument assertion warning suggestion fear hope
    idea promise prediction conclusion claims reports beliefs accusations allegations views arguments assertions
    warnings suggestions fears hopes rumors rumours rumor evidence news insistence contention opinion notion
    criticism complaint complaints concern concerns doubt doubts confidence pledge vow impression speculation
    finding findings admission announcement declaration revelation acknowledgment reminder sense theory
    understanding perception suspicion suspicions expectation expectations estimate indication point
    support call calls proposal interest position disdain distrust praise condemnation attacks critic critics
    supporter opponent opponents demand demands questions comments comment remarks rejection embrace desire attempt
    attempts intention advice mention promises anger frustration reservations comparison characterization description
    words case explanation definition forecast
    """
)

#: Adjectives after a form of "be" that a clause or a preposition leads on from: an attitude.
ADJECTIVES = words(
    """
    confident aware sure worried concerned critical eager convinced certain skeptical sceptical supportive
    opposed proud afraid hopeful optimistic pessimistic disappointed unaware surprised scared adamant mindful
    wary glad happy sorry grateful angry furious upset frustrated unhappy dismissive keen clear reluctant
    willing unwilling prepared ready hard tough silent vague open vocal outspoken excited enthusiastic comfortable
    uncomfortable determined sympathetic partial
    """
)
ADJECTIVE_LINKS = frozenset(["that", "of", "about", "to", "by", "with", "over", "for", "on", "in", "at"])

REPORTEDLY = frozenset(["reportedly", "allegedly", "supposedly", "purportedly"])

AUXILIARIES = words(
    """
    has have had is was are were be been being am will would can could may might must shall should do does did
    's 're isn't wasn't aren't weren't hasn't haven't hadn't won't wouldn't can't couldn't don't doesn't didn't
    shouldn't cannot
    """
)
BE = words("is was are were be been being am isn't wasn't aren't weren't got")
ADVERBS = words(
    """
    also not never ever still again then now just even once always often already later first twice soon thus
    only instead further too so simply frequently n't rather perhaps almost nearly long recently
    """
)
PRONOUNS = words("he she they it we i you")
CONTRACTIONS = {
    "he's": "he", "she's": "she", "they're": "they", "it's": "it", "we're": "we", "i'm": "i", "you're": "you",
    "he'd": "he", "she'd": "she", "they'd": "they", "they've": "they", "we've": "we", "i've": "i", "i'd": "i",
    "he'll": "he", "she'll": "she", "they'll": "they", "we'd": "we", "who's": "who", "who've": "who",
}  # fmt: skip
RELATIVES = frozenset(["who", "which", "that"])
SUBORDINATORS = words(
    """
    that because while when if but although though as since after before where whereas whether so than until
    unless what how why once yet or nor whom whose
    """
)
WH = words("that what how why whether if who when where which")
PREPOSITIONS = words(
    """
    of in on at for from with by to into over under about against during through between among after before
    without toward towards despite amid following like including since as per via upon within around across
    outside inside near until
    """
)
DETERMINERS = words(
    """
    the a an this that these those his her their its our my your some many most several few one two three four
    five all both each every another other no any
    """
)
DAYS = words(
    """
    monday tuesday wednesday thursday friday saturday sunday yesterday today tonight mon. tue. wed. thu. fri.
    sat. sun.
    """
)
MONTHS = words(
    """
    january february march april may june july august september october november december jan. feb. mar. apr.
    jun. jul. aug. sept. oct. nov. dec.
    """
)
TIMES = words("week month year night morning afternoon evening day time")
#: Where something was said: "said in an interview", "told a news conference".
OCCASIONS = words(
    """
    statement interview speech tweet conference call email e-mail release post letter report rally briefing
    message video press memo address debate town hall event appearance ad blog column article op-ed editorial
    testimony hearing note facebook twitter meeting remarks transcript podcast show program broadcast
    """
)
#: Verbs of plain narrative, so that a noun phrase is not taken beyond them.
COMMON_VERBS = words(
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
