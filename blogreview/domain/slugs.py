"""A name -> the short ASCII word that stands for it in an address, fixed from then on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import count

_MAX_LENGTH = 60  # characters; a column of 80 leaves room for any number after it

# Letters that do not fall apart into a Latin letter and its mark.
_SPELLED = str.maketrans({
    "æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss", "œ": "oe", "ł": "l", "ð": "d", "þ": "th",
})  # fmt: skip


def slugify(name: str) -> str:
    """Lower-case letters a–z, digits and single hyphens: «Sju fjell» -> "sju-fjell".

    :return: at most 60 characters; "" where nothing of the name can be written so, as in Arabic or emoji.
    """
    spelled = unicodedata.normalize("NFKD", name.casefold().translate(_SPELLED))
    letters = "".join(sign for sign in spelled if not unicodedata.combining(sign))
    return re.sub("[^a-z0-9]+", "-", letters).strip("-")[:_MAX_LENGTH].rstrip("-")


def unique_slug(name: str, taken: Collection[str], kind: str) -> str:
    """A slug that is not among those taken.

    :param taken: slugs of the same kind, that share an address.
    :param kind: what to call it where its name gives nothing: ``team`` makes "team-7" of the seventh.
    """
    stem = slugify(name)
    if stem and stem not in taken:
        return stem
    numbers = count(2) if stem else count(len(taken) + 1)
    return next(slug for number in numbers if (slug := f"{stem or kind}-{number}") not in taken)
