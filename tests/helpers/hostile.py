"""Small files that take long to read."""

from __future__ import annotations

import zlib


def endless_pdf() -> bytes:
    """A PDF of 21 KB whose one page is 200,000 lines: about a minute of a processor's time."""
    return pdf(b"BT /F1 12 Tf 72 700 Td " + b"(The mayor of Tarn said so. ) Tj 0 -12 Td " * 200_000 + b"ET")


def pdf(shown: bytes) -> bytes:
    """A PDF of one page, whose content is ``shown``, compressed."""
    stream = zlib.compress(shown, 9)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    made, at = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        at.append(len(made))
        made += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in at)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n"
    return made + head + b"%d\n%%%%EOF" % len(made)
