"""Success criteria that stand in one cell with their objective, and how a list that lost its bullets is parted again."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from goldthread.reading.vocabulary import vocabulary

if TYPE_CHECKING:
    from goldthread.reading.understanding.entries import Lines

_BULLET = re.compile(
    r"(?:^|(?<=\s))(?:[•·▪●○◦■□►➢➤✓\uf0b7\uf0a7]|[-–](?=\s))\s*|(?:^|\n)\s*(?:\d{1,2}[.)]|\(?[a-z]\))\s+"
)
# Words that cannot end a criterion: what follows them goes on with it, capital or not.
_BINDING = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "nor",
        "of",
        "in",
        "on",
        "to",
        "for",
        "from",
        "by",
        "with",
        "within",
        "without",
        "at",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "will",
        "would",
        "can",
        "could",
        "should",
        "may",
        "might",
        "must",
        "our",
        "their",
        "its",
        "his",
        "her",
        "your",
        "my",
        "this",
        "that",
        "these",
        "those",
        "which",
        "who",
        "whose",
        "when",
        "where",
        "what",
        "how",
        "all",
        "any",
        "each",
        "every",
        "no",
        "not",
        "through",
        "into",
        "between",
        "across",
        "under",
        "over",
        "about",
        "against",
        "during",
        "per",
        "via",
        "than",
        "if",
        "because",
        "so",
        "such",
        "including",
        "e.g",
        "i.e",
        "both",
        "either",
    ]
)
_DESCRIBING = _BINDING | {"more", "less", "least", "most", "new", "using", "other", "further", "following"}
_SIGN = re.compile(r"[•·▪●○◦■□►➢➤✓\uf0b7\uf0a7]")
_WORD = re.compile(r"[^\W_][\w'’/&-]*")


@lru_cache(maxsize=1)
def label() -> re.Pattern[str]:
    """A label after which criteria stand, at the start of a line or of a sentence, with its colon; recognition may garble it."""
    phrases = sorted(vocabulary().words["criteria_labels"], key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    return re.compile(rf"(?:(?<=^)|(?<=[\s.;:)”\"’]))(?:key\s+)?(?:{words})\s*(?::|[-–](?=\s)|(?=\n)|$)", re.I)


def has_label(text: str) -> bool:
    """Whether a label of criteria stands in a text."""
    return label().search(text) is not None


def split_label(text: str) -> tuple[str, str | None]:
    """The objective, and the text of its criteria (None where no label is printed; "" where nothing follows it)."""
    match = label().search(text)
    if match is None:
        return text.strip(), None
    rest = label().sub("\n", text[match.end() :])
    return text[: match.start()].strip(), rest.strip()


def split_criteria(text: str, words: Lines, bullets: bool = False) -> list[str]:
    """The criteria in a text, in order: by bullets or numbers where there are any, else by lines, else by sentences.

    ``words`` knows the words of the document: a capital begins a criterion only in a word that the document also prints
    small, or prints nowhere else, and that ordinary words follow, so that names do not part a line.
    """
    if not text.strip():
        return []
    lines = [" ".join(line.split()) for line in text.split("\n")]
    if bullets:
        return [line for line in lines if line]
    parts: list[str] = []
    marked = bool(_SIGN.search(text)) or len(_BULLET.findall(text)) >= 2 or bool(_BULLET.match(text.strip()))
    for line in lines:
        for n, bit in enumerate(_BULLET.split(line) if marked else [line]):
            bit = bit.strip()
            if not bit:
                continue
            if n > 0 or not parts or _can_follow(parts[-1], bit):
                parts.append(bit)
            else:
                parts[-1] += bit if re.search(r"\w-$", parts[-1]) else f" {bit}"
    out: list[str] = []
    for part in parts:
        for sentence in _sentences(part):
            out += _unglue(sentence, words)
    return [part.strip(" ;") for part in out if part.strip(" ;")]


def _can_follow(before: str, line: str) -> bool:
    """Whether a line can begin a criterion after the one above: it begins with a capital or figure, and that one can end."""
    last = before.split()[-1] if before.split() else ""
    if not (line[:1].isupper() or line[:1].isdigit() or line[:1] in "£‘“'\""):
        return False
    return last.lower().strip("(") not in _BINDING and last[-1:] not in ",-(/&"


def _sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[a-z)%’'\"][.;])\s+(?=[A-Z])", text)
    if len(parts) > 1 and re.match(r"^[£\d]", parts[0]):  # a figure first, then what will be done about it: one thought
        return [text]
    return parts


def _unglue(text: str, words: Lines) -> list[str]:
    """Part a line where bullets were lost: before a capital that no sentence and no name explains."""
    text = re.sub(
        r"(?<![A-Z])\b([a-z]{4,})([A-Z][a-z]{1,}|[A-Z]\d[A-Z])",
        lambda m: f"{m[1]}\x00{m[2]}" if words.count[m[1]] else m[0],
        text,
    )
    tokens = list(_WORD.finditer(text))
    cuts = []
    for n in range(1, len(tokens)):
        if _begins(text, tokens, n, words):
            cuts.append(tokens[n].start())
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return [bit.strip() for piece in pieces for bit in piece.split("\x00")]


def _begins(text: str, tokens: list[re.Match[str]], n: int, words: Lines) -> bool:
    word, before = tokens[n].group(), tokens[n - 1].group()
    between = text[tokens[n - 1].end() : tokens[n].start()]
    if (
        between.strip()
        or not re.match(r"[A-Z][a-z]+", word)
        or (not before[-1:].islower() and not re.search(r"[A-Z]{2,}$|\d$", before))
    ):
        return False
    if before.lower() in _DESCRIBING or (before[:1].isupper() and not before.isupper()):
        return False
    if _titled_colon(text, tokens, n):
        return True
    following = [token.group() for token in tokens[n + 1 : n + 3]]
    if following and re.match(
        r"[A-Z]{2,}", following[0]
    ):  # "Native API integration" begins, "Sovereign IT Service" is a name
        following = following[1:]
    if not following or not following[0][:1].islower():
        return False
    return words.small[word.lower()] > 0 or words.count[word.lower()] == 1


def _titled_colon(text: str, tokens: list[re.Match[str]], n: int) -> bool:
    """ "Service efficiency: …": up to four words and a colon begin a criterion of their own."""
    for ahead in range(n, min(n + 4, len(tokens))):
        end = tokens[ahead].end()
        if text[end : end + 1] == ":":
            return True
        if text[end : end + 1] not in (" ", "-"):
            return False
    return False
