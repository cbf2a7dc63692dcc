"""A request whose words can be stored and shown: neither PostgreSQL nor HTML can hold NUL and its like."""

from __future__ import annotations

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.utils import cached_property

from blogreview.domain.sanitiser import printable


class CleanRequest(Request):
    """Nothing anybody has typed, in a form or an address, is lost by it."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        return cleaned(super().args)

    def _load_form_data(self) -> None:
        if "form" not in self.__dict__:
            super()._load_form_data()
            self.__dict__["form"] = cleaned(self.__dict__["form"])


def cleaned(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    return ImmutableMultiDict([(printable(name), printable(value)) for name, value in sent.items(multi=True)])
