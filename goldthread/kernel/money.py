"""Money in whole pence: a value type without floats, read from print and printed for people.

Sums of money in a register are added, compared and reported for years; a float would lose pence on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

_UNITS = {
    "": 1,
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mil": 10**6,
    "million": 10**6,
    "bn": 10**9,
    "b": 10**9,
    "billion": 10**9,
}
_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,9})?"
_UNIT = r"(?:thousand|million|billion|mil|mn|bn|[kmb])"
_AMOUNT = re.compile(
    rf"(?P<open>\()?(?P<minus>[-−–])?(?:£|\bGBP)\s?(?P<minus2>[-−–])?(?P<number>{_NUMBER})"
    rf"(?:\s?(?:-|–|to)\s?(?P<high>{_NUMBER})(?=\s?{_UNIT}\b))?"
    rf"(?:\s?(?P<unit>{_UNIT})\b)?(?P<close>\))?(?![,.]?\d)",
    re.I,
)
_BARE = re.compile(rf"(?P<open>\()?(?P<minus>[-−–])?(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT})?(?P<close>\))?", re.I)


class NotMoney(ValueError):
    """The text is not a sum of money in pounds; the sentence shows the text and how one is written."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """A sum in pounds sterling, held as whole pence; may be negative. Adds to and is compared with Money only."""

    pence: int

    def __post_init__(self) -> None:
        if type(self.pence) is not int:
            raise TypeError("Money is made from a whole number of pence.")

    @classmethod
    def pounds(cls, amount: int | str | Decimal) -> Money:
        """From pounds as a whole number, a decimal or its text ("12.50"); raises NotMoney on a part of a penny."""
        try:
            return cls(_whole_pence(Decimal(amount), str(amount)))
        except (InvalidOperation, ValueError, OverflowError) as wrong:
            raise NotMoney(f"“{str(amount)[:60]}” is not a number of pounds and whole pence.") from wrong

    @classmethod
    def parse(cls, text: str, *, bare: bool = False) -> Money:
        """Read one printed sum: "£1.2m", "£200,000", "£560k", "£1.23 million", "-£3,000", "(£4k)" (so negative).

        With ``bare=True`` the pound sign may be missing, for the cells of a column that is known to hold money.
        Raises NotMoney for anything else, a part of a penny or a range ("£1-2m") included.
        """
        stripped = text.strip()
        match = _AMOUNT.fullmatch(stripped) or (_BARE.fullmatch(stripped) if bare else None)
        if match is None or match.groupdict().get("high") or bool(match["open"]) != bool(match["close"]):
            raise NotMoney(f"“{stripped[:60]}” is not a sum of money: write it as £1,200 or £1.2m.")
        return cls(_pence_of(match, match["number"], stripped))

    @classmethod
    def total(cls, sums: Iterable[Money]) -> Money:
        """The sum of any number of sums; nothing at all is £0."""
        return cls(sum(each.pence for each in sums))

    @property
    def exact(self) -> str:
        """The whole figure: "£1,200,000", with pence only where there are any: "£12.50"."""
        pounds, pence = divmod(abs(self.pence), 100)
        return f"{self._sign}£{pounds:,}" + (f".{pence:02d}" if pence else "")

    @property
    def short(self) -> str:
        """For reading: "£1.2m", "£1.23bn", and below a million the pounds: "£28,000". Rounded half away from zero.

        A second decimal is shown only where it makes the short form exact ("£1.23m" is £1,230,000).
        """
        pence = abs(self.pence)
        for unit, name in ((10**11, "bn"), (10**8, "m")):
            if pence >= unit - (unit // 1000 // 2):  # what would round up to 1,000 of the smaller unit is one of this
                exact = pence % (unit // 100) == 0
                value = Decimal(pence) / unit
                rounded = value if exact else value.quantize(Decimal("0.1"), ROUND_HALF_UP)
                return f"{self._sign}£{_trimmed(rounded)}{name}"
        if pence < 100_00:
            return self.exact
        return f"{self._sign}£{(pence + 50) // 100:,}"

    def shared(self, parts: int) -> tuple[Money, ...]:
        """Split into ``parts`` sums that differ by a penny at most and add up to the whole; ValueError below 1."""
        if parts < 1:
            raise ValueError("A sum is shared between one or more.")
        each, over = divmod(self.pence, parts)
        return tuple(Money(each + (i < over)) for i in range(parts))

    def ratio(self, whole: Money) -> Fraction | None:
        """This sum over another, exactly; None where the other is £0."""
        return Fraction(self.pence, whole.pence) if whole.pence else None

    @property
    def _sign(self) -> str:
        return "-" if self.pence < 0 else ""

    def __add__(self, other: Money) -> Money:
        return Money(self.pence + other.pence) if isinstance(other, Money) else NotImplemented

    def __sub__(self, other: Money) -> Money:
        return Money(self.pence - other.pence) if isinstance(other, Money) else NotImplemented

    def __mul__(self, times: int) -> Money:
        return Money(self.pence * times) if type(times) is int else NotImplemented

    __rmul__ = __mul__

    def __neg__(self) -> Money:
        return Money(-self.pence)

    def __abs__(self) -> Money:
        return Money(abs(self.pence))

    def __bool__(self) -> bool:
        return self.pence != 0

    def __str__(self) -> str:
        return self.short


@dataclass(frozen=True, slots=True)
class FoundMoney:
    """A sum found in prose: its words, their place in the text, and the sum (``low`` to ``high`` in a range)."""

    text: str
    begin: int
    stop: int
    low: Money
    high: Money


def find_money(text: str) -> list[FoundMoney]:
    """Every sum in pounds in a text, in order; a range printed with one unit ("£1-2m") is one find. Never raises."""
    found: list[FoundMoney] = []
    if "£" not in text and "gbp" not in text.lower():
        return found  # most texts; the pattern tries each of their characters
    for match in _AMOUNT.finditer(text):
        begin, stop = match.span()
        bracketed = bool(match["open"]) and bool(match["close"])
        if match["open"] and not bracketed:
            begin += 1
        if match["close"] and not bracketed:
            stop -= 1
        try:
            low = _pence_of(match, match["number"], match[0], bracketed=False)
            high = _pence_of(match, match["high"], match[0], bracketed=False) if match["high"] else low
        except NotMoney:
            continue  # a part of a penny is no sum that a register can hold
        if bracketed:  # in prose brackets set a sum apart; only a column of figures means minus by them
            begin, stop = begin + 1, stop - 1
        found.append(FoundMoney(text[begin:stop], begin, stop, Money(low), Money(high)))
    return found


def _pence_of(match: re.Match[str], number: str, text: str, *, bracketed: bool = True) -> int:
    minus = bool(match["minus"] or match.groupdict().get("minus2")) or (bracketed and bool(match["open"]))
    value = Decimal(number.replace(",", "")) * _UNITS[(match["unit"] or "").lower()]
    return _whole_pence(-value if minus else value, text)


def _whole_pence(pounds: Decimal, text: str) -> int:
    pence = pounds * 100
    if pence != pence.to_integral_value():
        raise NotMoney(f"“{text[:60]}” holds a part of a penny: round it to whole pence.")
    return int(pence)


def _trimmed(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
