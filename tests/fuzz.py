"""Fuzzing of the readers: ``make fuzz ARGS='--seconds 600'``; what it begins with stands in ``tests/corpus``.

Inputs of the corpus, and pieces that formats are made of, are cut, repeated, doubled, nested and mixed; each result is
read, chunked and attributed in a worker, as ``assistant ingest`` does it. Found is what crashes a worker, takes longer
than 5 s of the processor, or more than 1 GB. It is written to ``.cache/fuzz`` and named; the exit code is 1 then.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections import Counter
from pathlib import Path

from ingest.article import Article
from ingest.documents import of_file
from ingest.errors import SourceError
from ingest.readers.registry import by_suffix
from ingest.sources import LocalFile
from ingest.workers.limits import Allowance
from ingest.workers.pool import Pool
from ingest.workers.process import Request
from vectorstore.archive.prepared import prepared

CORPUS = Path(__file__).parent / "corpus"
FOUND = Path(__file__).resolve().parents[1] / ".cache" / "fuzz"

#: Times that an input has to fail to be one that does.
TRIES = 3

#: What formats are made of, and what parsers have stumbled over.
PIECES = [
    *(
        b"<p>",
        b"</p>",
        b"<div>",
        b"</div>",
        b"<br>",
        b"<table><tr><td>",
        b"<li>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
    ),
    *(b"<a href='x'>", b"<time>", b"<span class=date>", b"&amp;", b"&#x41;", b"<item>", b"<entry>", b"<description>"),
    *(
        b"[",
        b"![",
        b"](",
        b"**",
        b"_",
        b"`",
        b"```\n",
        b"> ",
        b"- ",
        b"1. ",
        b"| a | b |\n",
        b"|---|---|\n",
        b"# ",
        b"~~",
    ),
    *(b"---\n", b"key: ", b"- - ", b"{", b"}", b'"', b"\\", b'{"text": "', b'["', b"\n", b"\r\n", b"\x00", b"\xff\xfe"),
    *(
        b"(",
        b")",
        b"?",
        b"!",
        b".",
        b",",
        b" ",
        b"\t",
        b"...",
        b"\xe2\x80\x9c",
        b"\xe2\x80\x9d",
        b"'",
        b"a",
        b"A",
        b"1",
    ),
    *(
        b"A. ",
        b"U.S. ",
        b"Mr. ",
        b"said ",
        b", said the ",
        b"who said that ",
        b"of the ",
        b"May 2015 ",
        b"Tj ",
        b"BT ",
        b"obj\n",
    ),
]


def changed(seed: bytes, others: list[bytes], dice: random.Random) -> bytes:
    """``seed`` changed in one to six ways, at most a megabyte."""
    body = bytearray(seed)
    for _ in range(dice.randint(1, 6)):
        at = dice.randint(0, len(body))
        upto = min(len(body), at + dice.choice((1, 8, 64, 1024)))
        match dice.randrange(7):
            case 0:
                del body[at:upto]
            case 1:
                body[at:at] = dice.choice(PIECES) * dice.choice((1, 3, 100, 5_000, 50_000))
            case 2:
                body[at:at] = bytes(body[at:upto]) * dice.choice((1, 10, 1_000))
            case 3:
                body[at:upto] = dice.randbytes(upto - at)
            case 4:
                one, two = dice.choice(PIECES), dice.choice(PIECES)
                body[at:at] = (one + two) * dice.choice((10, 1_000, 20_000))
            case 5:
                other = dice.choice(others)
                begin = dice.randint(0, len(other))
                body[at:at] = other[begin : begin + 4096]
            case _:
                count = dice.choice((10, 300, 10_000))
                opening, closing = dice.choice(PIECES), dice.choice(PIECES)
                body[at:at] = opening * count + b"x" + closing * count
        del body[1_000_000:]
    return bytes(body)


def found_wrong(pool: Pool, request: Request) -> str:
    """What is wrong with reading an input, each of so many times, or "": once may be the machine's, which is busy."""
    wrong = ""
    for _ in range(TRIES):
        try:
            for _ in pool.submit(request, None):
                pass
        except SourceError as error:
            wrong = error.what
        else:
            return ""
    return wrong


def main() -> None:
    """Fuzz for the time that is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600, help="how long (default: 600)")
    parser.add_argument("--seed", type=int, default=0, help="of the dice, so that a run can be repeated")
    given = parser.parse_args()
    corpus = [("".join(file.suffixes), file.read_bytes()) for file in sorted(CORPUS.iterdir())]
    dice, until = random.Random(given.seed), time.monotonic() + given.seconds
    FOUND.mkdir(parents=True, exist_ok=True)
    runs: Counter[str] = Counter()
    failures = 0
    with Pool(1, Allowance(seconds=5)) as pool:
        while time.monotonic() < until:
            suffix, seed = dice.choice(corpus)
            body = changed(seed, [other for _, other in corpus], dice)
            file = FOUND / f"input{suffix}"
            file.write_bytes(body)
            source = LocalFile(path=file, size=len(body), reader=by_suffix()[suffix])
            request = Request(function=of_file, arguments=(source, 50_000_000), selects=Article, then=prepared)
            runs[suffix] += 1
            if wrong := found_wrong(pool, request):
                failures += 1
                kept = FOUND / f"{hashlib.sha256(body).hexdigest()[:12]}{suffix}"
                kept.write_bytes(body)
                print(f"{kept}: {wrong}", flush=True)
    print(
        f"{sum(runs.values()):,} inputs ({', '.join(f'{n:,} {s}' for s, n in sorted(runs.items()))}), {failures} found"
    )
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
