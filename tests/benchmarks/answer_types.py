"""Fits the model of ``assistant/question/answer_type.py``, and tells how often it is right.

Run: ``python -m tests.benchmarks.answer_types [--fit]``. Without ``--fit`` only cross-validated figures are printed;
with it the weights are written anew. Labelled questions: ``newsask-train`` (its first tag, from which the answers tell
the finer type where they can) and ``answer_types.jsonl`` beside this module, which has the kinds that the former lacks.
Where a tag leaves more than one type open, the likelihood is that of any of them. Folds go by article, and by eight
neighbours of the questions beside this module, as those are alike.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_array

from assistant.question.answer_type import WEIGHTS, AnswerType, Model, Vectors, likely, texts, word_features
from assistant.question.focus import focus
from ingest.language.gazetteer import bundled
from ingest.language.words import words
from tests.benchmarks.data import SHARED
from vectorstore.encoders.registry import open_encoder

NEWS = SHARED / "newsask-train" / "questions.jsonl"
OWN = Path(__file__).with_name("answer_types.jsonl")
T = AnswerType
TYPES = list(AnswerType)
FOLDS = 5
#: Ridge; what a question of each kind counts; the least groups that have a word feature; the features' scale.
RIDGE, OF_NOUN, OF_LEAD, LEAST, SCALE, ITERATIONS = 1.0, 0.3, 0.5, 3, 3.0, 60

_CURRENCY = re.compile(r"[$€£¥]|\b(?:dollars?|euros?|pounds|yen)\b", re.I)
_SHARE = re.compile(r"%|\bper ?cent\b|\bshare of\b|\bproportion\b", re.I)
_TIME = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)"
_PLAIN = {
    "why": T.REASON,
    "how": T.MANNER,
    "yes-no": T.YES_NO,
    "when": T.DATE,
    "list": T.LIST,
    "definition": T.DEFINITION,
}
_NUMBERS = frozenset([T.NUMBER, T.AMOUNT, T.SHARE, T.DURATION])
_PLACES = frozenset([T.PLACE, T.COUNTRY, T.STATE])
_OPENINGS = (
    (r"^(?:by )?when\b|how soon", (T.DATE,)),
    (r"^(?:\w+ )?(?:who|whom|whose)\b|^(?:\w+ )?which\b", (T.PERSON, T.NAME, T.LIST, T.PLACE, T.OPEN)),
    (r"^(?:\w+ )?where\b", tuple(_PLACES)),
    (r"^why\b|\breasons?\b|\bblame", (T.REASON,)),
    (r"\bhow (?:many|much|long|far|big|high)\b|^(?:\w+ )?what (?:share|number)", tuple(_NUMBERS)),
    (r"^(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should)\b(?! you\b)", (T.YES_NO,)),
)


class Labelled(NamedTuple):
    """A question with the types that its label leaves open, and whether speech is asked for; None where not known."""

    question: str
    types: frozenset[AnswerType]
    speech: bool | None
    group: str
    tag: str
    style: str
    weight: float = 1.0


# -- labels -----------------------------------------------------------------------------------------------------------


def labelled() -> list[Labelled]:
    """All labelled questions."""
    return [*_news(), *_own()]


def _news() -> Iterator[Labelled]:
    for line in NEWS.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        tag, style = record["tags"][:2]
        kinds = _types(tag, record["question"], record["answers"])
        if kinds:
            yield Labelled(record["question"], kinds, _speech(tag, record), record["about"], tag, style)


def _types(tag: str, question: str, answers: Sequence[str]) -> frozenset[AnswerType]:
    """The types that a tag of newsask-train leaves open; of "compare" all, so that it is left out."""
    asked, answer = focus(question).lower(), " | ".join(answers)
    folded = {" ".join(words(one)) for one in answers}
    if tag == "says":  # when, where or why it is so by somebody's words is either
        return frozenset([T.SPEECH, *next((kinds for opening, kinds in _OPENINGS if re.search(opening, asked)), ())])
    if tag in _PLAIN:
        return frozenset([_PLAIN[tag]])
    if tag == "how-many":
        return _number_types(question.lower(), answer)
    if tag == "who":
        people = [T.PERSON] if re.search(r"\bwho(?:m)?\b", asked) else [T.PERSON, T.NAME]
        return frozenset([*people, T.LIST] if re.search(r"\b(?:which|what)\b(?: \w+){0,3} \w+s\b", asked) else people)
    if tag == "where":
        if any(bundled().country(one) for one in folded):
            return frozenset([T.COUNTRY] if "country" in asked else [T.COUNTRY, T.PLACE])
        return frozenset([T.PLACE, T.STATE] if "state" in asked else [T.PLACE]) if answers else _PLACES
    if tag == "what":
        return frozenset([T.OPEN] if answers and not answers[0][:1].isupper() else [T.OPEN, T.NAME, T.TITLE])
    return frozenset()


def _number_types(asked: str, answer: str) -> frozenset[AnswerType]:
    if re.search(rf"how many (?!{_TIME})", asked):
        return frozenset([T.NUMBER])
    if _SHARE.search(asked) or _SHARE.search(answer):
        return frozenset([T.SHARE])
    if _CURRENCY.search(answer):
        return frozenset([T.AMOUNT])
    if re.search(rf"\b{_TIME}\b", answer) and not re.search(r"\bold\b|\bage", asked):
        return frozenset([T.DURATION])
    return frozenset([T.NUMBER]) if answer else _NUMBERS


def _speech(tag: str, record: dict[str, object]) -> bool | None:
    """Whether words are asked for: by the tag, or as the question names the speaker; unknown of what has no answer."""
    if tag == "says":
        return True
    speaker = set(words(str(record["speaker"] or ""))) - {"the", "of", "a"}
    if speaker:
        return True if speaker & set(words(str(record["question"]))) else None
    return False if record["answerable"] else None


def _own() -> Iterator[Labelled]:
    for number, line in enumerate(OWN.read_text(encoding="utf-8").splitlines()):
        record = json.loads(line)
        kinds = frozenset([AnswerType(record["type"])])
        if "nouns" in record:
            for noun in record["nouns"].split():
                for form in _forms(noun.replace("-", " "), kinds):
                    yield Labelled(form, kinds, False, f"own {noun}", "noun", "noun", OF_NOUN)
        else:
            question, speech = record["question"], bool(record.get("speech"))
            style = "own natural" if question[0].isupper() and question[-1] in ".?" else "own terse"
            yield Labelled(question, kinds, speech, f"own {number // 8}", f"own {record['type']}", style)
            lead = _LEADS[number % len(_LEADS)].format(question)
            yield Labelled(lead, kinds, speech, f"own {number // 8}", f"own {record['type']}", "own polite", OF_LEAD)


#: What the one who asks says of himself tells nothing of what is asked.
_LEADS = (
    "I'm preparing a talk for my colleagues and could do with some help. {}",
    "Could you please look this up for me: {}",
    "For a short piece that I have to write, I would be grateful if you could tell me: {}",
    "My neighbour and I were talking about the news, and he said that he knew. {}",
    "Would you mind checking something that somebody asked me today? {}",
)


def _forms(noun: str, kinds: frozenset[AnswerType]) -> list[str]:
    """Questions whose type follows from the noun that names what is asked for."""
    forms = [f"Which {noun} was named on Monday?", f"what {noun} did olsen mention", f"{noun} in larnow"]
    forms.append(f"Olsen spoke of which {noun} this week?")
    return [*forms, f"name of the {noun}"] if kinds & {T.PERSON, T.NAME, T.TITLE} else forms


# -- fitting ----------------------------------------------------------------------------------------------------------


def fitted(found: Sequence[frozenset[str]], vectors: Vectors, rows: Sequence[Labelled]) -> Model:
    """The model of some questions.

    Args:
        vectors: shape ``[questions, 3 * dimension]``.
    """
    # Of several articles: the names of one teach nothing.
    seen = {(one, row.group) for own, row in zip(found, rows, strict=True) for one in own if row.weight == 1.0}
    counts = Counter(one for one, _ in seen)
    vocabulary = {word: at for at, word in enumerate(sorted(word for word, n in counts.items() if n >= LEAST))}
    table = _word_table(found, vocabulary)
    words_alone = _columns(table, np.zeros((len(rows), 0), np.float32), rows) * SCALE
    both = _columns(table, vectors * SCALE, rows) * SCALE
    size = table.shape[1]
    word_rows, vector_rows, alone_rows = (
        part.astype(np.float16).astype(np.float32) for part in (both[:size], both[size:], words_alone)
    )
    return Model(vocabulary=vocabulary, word_rows=word_rows, vector_rows=vector_rows, alone_rows=alone_rows)


def _word_table(found: Sequence[frozenset[str]], vocabulary: Mapping[str, int]) -> csr_array:
    """Each question's word features, of length 1, and the constant."""
    known = [[vocabulary[one] for one in own if one in vocabulary] for own in found]
    values = [SCALE * value for own in known for value in (*[1 / max(1.0, len(own) ** 0.5)] * len(own), 1.0)]
    columns = [column for own in known for column in (*own, len(vocabulary))]
    starts = np.cumsum([0, *(len(own) + 1 for own in known)])
    return csr_array((np.array(values, np.float32), columns, starts), shape=(len(found), len(vocabulary) + 1))


def _columns(table: csr_array, vectors: Vectors, rows: Sequence[Labelled]) -> Vectors:
    """The weights of each type and of speech."""
    allowed = np.array([[kind in row.types for kind in TYPES] for row in rows], np.float32)
    weight = np.array([row.weight for row in rows], np.float32)
    known = [at for at, row in enumerate(rows) if row.speech is not None]
    speech = np.array([[rows[at].speech is False, rows[at].speech is True] for at in known], np.float32)
    types = _softmax_fit(table, vectors, allowed, weight)
    two = _softmax_fit(table[known], vectors[known], speech, weight[known])
    return np.hstack([types, two[:, 1:] - two[:, :1]])


def _softmax_fit(table: csr_array, vectors: Vectors, allowed: Vectors, weight: Vectors) -> Vectors:
    """Multinomial logistic regression where each row's label is one of a set: the likelihood of the set is raised."""
    split, kinds = table.shape[1], allowed.shape[1]
    shape = (split + vectors.shape[1], kinds)

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        coefficients = flat.reshape(shape).astype(np.float32)
        logits = table @ coefficients[:split] + vectors @ coefficients[split:]
        chance = np.exp(logits - logits.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        inside = chance * allowed
        total = inside.sum(axis=1, keepdims=True) + 1e-9
        slope = (chance - inside / total) * weight[:, None]
        gradient = np.vstack([table.T @ slope, vectors.T @ slope]) + RIDGE * coefficients
        value = -float((np.log(total[:, 0]) * weight).sum()) + RIDGE / 2 * float((coefficients**2).sum())
        return value, gradient.ravel().astype(np.float64)

    found = minimize(loss, np.zeros(shape[0] * kinds), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    result: Vectors = found.x.reshape(shape).astype(np.float32)
    return result


# -- figures ----------------------------------------------------------------------------------------------------------


def fold_of(row: Labelled) -> int:
    """By article, the same in every run."""
    return int(hashlib.sha256(row.group.encode()).hexdigest(), 16) % FOLDS


def cross_validated(
    rows: Sequence[Labelled], found: Sequence[frozenset[str]], vectors: Vectors
) -> list[dict[str, Vectors]]:
    """The logits of each question by a model of other articles' questions, with vectors and without."""
    logits: list[dict[str, Vectors]] = [{} for _ in rows]
    for fold in range(FOLDS):
        training = [at for at, row in enumerate(rows) if fold_of(row) != fold]
        model = fitted([found[at] for at in training], vectors[training], [rows[at] for at in training])
        for at, row in enumerate(rows):
            if fold_of(row) == fold:
                logits[at] = {
                    "with vectors": model.scores(found[at], vectors[at]),
                    "words": model.scores(found[at], None),
                }
    return logits


def report(rows: Sequence[Labelled], logits: Sequence[dict[str, Vectors]]) -> None:
    """Print the share of right types by tag and by style, and of right decisions on speech."""
    kept = [(row, scores) for row, scores in zip(rows, logits, strict=True) if row.weight == 1.0]
    for head in ("with vectors", "words"):
        tally: defaultdict[str, list[bool]] = defaultdict(list)
        for row, scores in kept:
            right = likely(scores[head], focus(row.question))[0][0] in row.types
            ungrammared = TYPES[int(np.argmax(scores[head][:-1]))] in row.types
            own = row.tag.startswith("own")
            for key in ("all of these" if own else "all of newsask", row.style, row.tag):
                tally[key].append(right)
            tally["own: without grammar" if own else "newsask: without grammar"].append(ungrammared)
            if row.speech is not None:
                tally[f"speech: {row.style}"].append(bool(scores[head][-1] > 0) is row.speech)
        print(f"\n{head}")
        for key, outcomes in sorted(tally.items()):
            print(f"  {key:32} {sum(outcomes) / len(outcomes):.3f}  of {len(outcomes)}")


def main() -> None:
    """Print the figures; with ``--fit`` write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="write the weights")
    chosen = parser.parse_args()
    rows = labelled()
    asked = [focus(row.question) for row in rows]
    found = [word_features(row.question, own) for row, own in zip(rows, asked, strict=True)]
    encode = open_encoder().encode
    parts = [texts(row.question, own) for row, own in zip(rows, asked, strict=True)]
    wanted = list(dict.fromkeys(chain.from_iterable(parts)))
    by_text = dict(zip(wanted, encode(wanted), strict=True))
    vectors = np.stack([np.concatenate([by_text[text] for text in own]) for own in parts])
    report(rows, cross_validated(rows, found, vectors))
    if chosen.fit:
        model = fitted(found, vectors, rows)
        half = {name: getattr(model, name).astype(np.float16) for name in ("word_rows", "vector_rows", "alone_rows")}
        np.savez_compressed(WEIGHTS, vocabulary=np.array(list(model.vocabulary)), **half)


if __name__ == "__main__":
    main()
