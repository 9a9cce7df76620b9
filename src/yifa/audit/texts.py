"""Law texts taken apart into articles 条, paragraphs 款 and items 项, and asked what they say."""

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from yifa.audit.citations import UNIT_WORDS, Cited
from yifa.law.citation import Cite, chinese_number, cites_of
from yifa.law.statute import Length, statute

_ARTICLE = re.compile(
    r"^\W{0,4}第([〇零一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?\**[ 　\s]", re.M
)
_BLANK = " \t\u3000\u200b\ufeff*"
_ITEM = re.compile(r"^[（(]([一二三四五六七八九十]+)[)）]")


class Verdict(Enum):
    """What the audit found about one citation."""

    OK = "ok"
    NO_PLACE = "article missing"
    NO_NUMBER = "number not found"
    NO_TEXT = "text not at hand"


class Article(NamedTuple):
    """An article: its paragraphs, each with the text of its items under their numbers."""

    text: str
    paragraphs: tuple[tuple[str, Mapping[str, str]], ...]


Law = Mapping[tuple[str, str], Article]


def load_texts(files: Mapping[str, str]) -> dict[str, Law]:
    """Articles by file name; the key of an article is (numeral, numeral of 之)."""
    return {name: articles(text) for name, text in files.items()}


def articles(text: str) -> dict[tuple[str, str], Article]:
    """The articles of one text."""
    starts = list(_ARTICLE.finditer(text))
    found: dict[tuple[str, str], Article] = {}
    for index, start in enumerate(starts):
        end = starts[index + 1].start() if index + 1 < len(starts) else len(text)
        found.setdefault((start.group(1), start.group(2) or ""), _article(text[start.end() : end]))
    return found


def _article(text: str) -> Article:
    lines = [line.strip(_BLANK) for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith(("#", "<!--"))]
    paragraphs: list[tuple[str, dict[str, str]]] = []
    for line in lines:
        item = _ITEM.match(line)
        if item and paragraphs:
            paragraphs[-1][1][item.group(1)] = line
        elif not re.match(r"^\d+[.．]", line):
            paragraphs.append((line, {}))
    return Article("\n".join(lines), tuple(paragraphs))


def audit(cited: Cited, texts: Mapping[str, Law]) -> Iterator[tuple[Cite, Verdict]]:
    """A verdict for each article a rule cites. Of several cites it is enough that one states the number."""
    verdicts = [(cite, _place(cite, texts)) for cite in cites_of(cited.source)] if cited.source else []
    known = [(cite, place) for cite, place in verdicts if isinstance(place, str)]
    stated = not (cited.numbers and known) or any(
        states(place, n) for _, place in known for n in cited.numbers
    )
    for cite, place in verdicts:
        if isinstance(place, Verdict):
            yield cite, place
        else:
            yield cite, Verdict.OK if stated else Verdict.NO_NUMBER


def _place(cite: Cite, texts: Mapping[str, Law]) -> str | Verdict:
    """The text of the cited place, or why there is none."""
    name = statute(cite.statute).text
    if name is None or name not in texts:
        return Verdict.NO_TEXT
    article = texts[name].get((chinese_number(cite.article), chinese_number(cite.sub) if cite.sub else ""))
    if article is None or (cite.paragraph or 1) > max(1, len(article.paragraphs)):
        return Verdict.NO_PLACE
    if cite.item is None:
        return article.text if cite.paragraph is None else _paragraph(article, cite.paragraph)
    within = [article.paragraphs[cite.paragraph - 1]] if cite.paragraph else article.paragraphs
    numeral = chinese_number(cite.item)
    found = next((items[numeral] for _, items in within if numeral in items), None)
    return Verdict.NO_PLACE if found is None else found


def _paragraph(article: Article, number: int) -> str:
    text, items = article.paragraphs[number - 1]
    return "\n".join((text, *items.values()))


def states(text: str, length: Length) -> bool:
    """Whether the text contains the number with a fitting unit: 六十日, 60日, 三个月, 一年.

    The number must stand whole: 十五日 does not state five days, nor 7月1日 one day, nor 2017年 seven years.
    """
    numerals = (chinese_number(length.number), str(length.number), *(("两",) if length.number == 2 else ()))
    units = "|".join(UNIT_WORDS[length.unit])
    return re.search(rf"(?<![{_DIGITS}月])(?:{'|'.join(numerals)})”?(?:{units})", text) is not None


_DIGITS = "〇零一二三四五六七八九十百千两0-9"
