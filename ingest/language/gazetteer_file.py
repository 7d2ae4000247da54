"""The file of institutions, read and validated: ``gazetteer.toml`` beside this module, or one in its place."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from ingest.errors import AssistantError
from ingest.language.words import fold

BUNDLED = Path(__file__).with_name("gazetteer.toml")

_Words = tuple[Annotated[str, Field(min_length=1)], ...]
_Folded = frozenset[Annotated[str, Field(min_length=1), AfterValidator(fold)]]


class InstitutionsError(AssistantError):
    """The file of institutions cannot be used."""

    exit_code = 2


class Vocabulary(BaseModel):
    """Words that make an office, and that do not, folded; what each list is, the file's comments say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    offices: _Folded
    beside: _Folded
    apart: _Folded
    toward: _Folded
    agents: _Folded
    titles: _Folded
    common: _Folded
    single: _Folded


class Country(BaseModel):
    """One country's other names, its people's, its seats of government, and its capital where it is none of these."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    also: _Words = ()
    people: _Words = ()
    seats: _Words = ()
    capital: str = ""


class InstitutionsFile(BaseModel):
    """The whole file; what each part is, its comments say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: Vocabulary
    ministries: dict[str, _Words]
    houses: dict[str, _Words]
    bodies: dict[str, dict[str, _Words]]
    states: dict[str, _Folded] = {}
    countries: dict[str, Country]


def read_file(path: Path | None) -> InstitutionsFile:
    """Read the file of institutions; the bundled one where no other is named.

    Raises:
        InstitutionsError: where it cannot be read or is not in its form.
    """
    where = path or BUNDLED
    try:
        held = InstitutionsFile.model_validate(tomllib.loads(where.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InstitutionsError(
            f"the file of institutions {where} cannot be read ({error})", remedy="correct it or unset its setting"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InstitutionsError(
            f"the file of institutions {where} is unusable: {place}: {first['msg']}",
            remedy=f"compare it with {BUNDLED}",
        ) from error
    unknown = [country for country in held.bodies if country not in held.countries]
    if unknown:
        raise InstitutionsError(
            f"the file of institutions {where} has bodies of {unknown[0]!r}, which is no country of it",
            remedy="add it to its countries",
        )
    return held
