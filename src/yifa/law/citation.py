"""Citations printed as Chinese lawyers write them: 《行政复议法》(2023)第三十条第一款第七项.

The order of the parts is 条—款—项—目 (Legislation Law 2023, Art. 65).
"""

from typing import NamedTuple

_DIGITS = "零一二三四五六七八九"


def chinese_number(n: int) -> str:
    """Chinese numeral of 0 <= n < 10000, as used in articles: 10 → 十, 21 → 二十一, 105 → 一百零五."""
    if not 0 <= n < 10_000:
        raise ValueError(f"no article numeral for {n}")
    if n < 10:
        return _DIGITS[n]
    text = _spell(n)
    return text[1:] if text.startswith("一十") else text


def _spell(n: int) -> str:
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            out += ("零" if gap else "") + _DIGITS[digit] + name
            gap = False
        elif out and n:
            gap = True
    return out


class Cite(NamedTuple):
    """A place in a statute: article 条, paragraph 款, item 项, and `sub` for 第N条之M."""

    statute: str
    title: str
    version: str
    article: int
    paragraph: int | None = None
    item: int | None = None
    sub: int | None = None

    @property
    def place(self) -> str:
        """第三十条第一款第七项."""
        text = f"第{chinese_number(self.article)}条"
        if self.sub:
            text += f"之{chinese_number(self.sub)}"
        if self.paragraph:
            text += f"第{chinese_number(self.paragraph)}款"
        if self.item:
            text += f"第{chinese_number(self.item)}项"
        return text

    def __str__(self) -> str:
        return f"《{self.title}》({self.version}){self.place}"


class Practice(NamedTuple):
    """A rule that no article states: local policy or accepted practice, said openly."""

    note: str

    def __str__(self) -> str:
        return f"实务规则（无法条）：{self.note}"


class Several(NamedTuple):
    """Several places that carry one rule together."""

    cites: tuple["Cite | Practice", ...]

    def __str__(self) -> str:
        return "；".join(str(c) for c in self.cites)


type_of_cite = (Cite, Practice, Several)
Source = Cite | Practice | Several


def both(*cites: Cite | Practice) -> Several:
    """Several cites as one source."""
    return Several(cites)


def cites_of(source: Source) -> tuple[Cite, ...]:
    """The articles named by a source (none for a practice)."""
    if isinstance(source, Cite):
        return (source,)
    if isinstance(source, Several):
        return tuple(c for c in source.cites if isinstance(c, Cite))
    return ()


def leaving_out(source: Source, statutes: frozenset[str]) -> Source:
    """The source without the articles of these statutes; as it is if nothing else would be left."""
    if not statutes or not isinstance(source, Several):
        return source
    kept = tuple(c for c in source.cites if not (isinstance(c, Cite) and c.statute in statutes))
    if not kept or len(kept) == len(source.cites):
        return source
    return kept[0] if len(kept) == 1 else Several(kept)
