"""What tokens cost: a TOML file that a person writes -> prices by the name of a model.

The form, with comments, is in ``prices.toml`` beside this module, which holds no price. Invariant: no price is guessed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.evaluation.errors import PricesError

#: The form, and what is read where the user names no file.
BUNDLED = Path(__file__).with_name("prices.toml")


class Price(BaseModel):
    """US dollars for a million tokens.

    Discounts (for input that the service has in its cache, for batches) are not known here: the bill may be lower.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    input: float = Field(ge=0, allow_inf_nan=False)
    output: float = Field(ge=0, allow_inf_nan=False)

    def of(self, usage: Mapping[str, int]) -> float:
        """US dollars for ``input_tokens`` and ``output_tokens``."""
        return (usage["input_tokens"] * self.input + usage["output_tokens"] * self.output) / 1e6


_PRICES = TypeAdapter(dict[str, Price])


def read_prices(path: Path | None = None) -> dict[str, Price]:
    """Read the prices; None reads the bundled file.

    Raises:
        PricesError: where the file cannot be read, or does not have the form.
    """
    file = path or BUNDLED
    form = f"write it as {BUNDLED} says"
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        what = f"the prices {file} cannot be read ({error.strerror})"
        raise PricesError(what, remedy="name another file with --prices or ASSISTANT_PRICES") from error
    except ValueError as error:  # not UTF-8, or not TOML
        raise PricesError(f"the prices {file} are not TOML: {error}", remedy=form) from error
    try:
        return _PRICES.validate_python(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ", ".join(str(part) for part in first["loc"])
        raise PricesError(f"the prices {file} are unusable at {where!r}: {first['msg']}", remedy=form) from error
