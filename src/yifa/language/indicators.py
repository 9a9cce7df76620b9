"""Indicators as small expression trees: what is counted, on which date, over what — compiled to queries later.

A figure is `Count`, `Sum` or `Ratio` over a source: the cases of a line (their derived facts), the acts, the
clocks, or a register. Nothing here computes; `yifa.statistics` compiles the tree.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Kind = Literal["date", "text", "flag", "number", "texts"]
Operator = Literal["eq", "ne", "lt", "le", "gt", "ge", "in", "is_null", "not_null", "and", "or", "not"]


class Column(NamedTuple):
    """A column figures may use: a fact that acts set. Never personal data.

    texts  several values; counted in each of them, and once in the total.
    """

    name: str
    kind: Kind
    title: str


@dataclass(frozen=True, slots=True)
class Expr:
    """A condition or comparison; `args` are expressions, columns or constants."""

    op: Operator
    args: tuple[Any, ...]

    def __and__(self, other: "Expr") -> "Expr":
        return Expr("and", (self, other))

    def __or__(self, other: "Expr") -> "Expr":
        return Expr("or", (self, other))

    def __invert__(self) -> "Expr":
        return Expr("not", (self,))


@dataclass(frozen=True, slots=True)
class Col:
    """A column of the source, compared by methods that return expressions."""

    name: str

    def eq(self, value: Any) -> Expr:
        return Expr("eq", (self, value))

    def ne(self, value: Any) -> Expr:
        return Expr("ne", (self, value))

    def lt(self, value: Any) -> Expr:
        return Expr("lt", (self, value))

    def le(self, value: Any) -> Expr:
        return Expr("le", (self, value))

    def gt(self, value: Any) -> Expr:
        return Expr("gt", (self, value))

    def ge(self, value: Any) -> Expr:
        return Expr("ge", (self, value))

    def one_of(self, *values: Any) -> Expr:
        return Expr("in", (self, values))

    def is_null(self) -> Expr:
        return Expr("is_null", (self,))

    def not_null(self) -> Expr:
        return Expr("not_null", (self,))


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of `source` whose date column `at` lies in the period and for which `where` holds.

    source  cases | acts | clocks | register:<code>; at None: a stock of a register, rows valid on the last day of
    the period; distinct  a column counted once.
    """

    source: str
    at: str | None
    where: Expr | None = None
    distinct: str | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Sum of column `value` over the same rows as `Count`."""

    source: str
    value: str
    at: str | None
    where: Expr | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """Several counts or sums added up: one figure over things that lie in different columns."""

    parts: "tuple[Count | Sum, ...]"


@dataclass(frozen=True, slots=True)
class ParameterAt:
    """A dated parameter's value on the last day of the period."""

    parameter: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """numerator ÷ denominator; a denominator of 0 shows as —, never as 0 % or 100 %."""

    numerator: "Count | Sum | Total"
    denominator: "Count | Sum | Total"
    scale: Decimal = Decimal(100)
    digits: int = 2


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure with its written definition. dimensions  columns it can be split by; published  id in the report."""

    code: str
    title: str
    definition: str
    figure: "Count | Sum | Total | Ratio | ParameterAt"
    unit: str = "件"
    dimensions: tuple[str, ...] = ()
    published: str | None = None


Part = Count | Sum


def parts_of(figure: "Count | Sum | Total | Ratio | ParameterAt") -> tuple[Part, ...]:
    """Everything that is counted for a figure; nothing for a parameter."""
    if isinstance(figure, Ratio):
        return (*parts_of(figure.numerator), *parts_of(figure.denominator))
    if isinstance(figure, Total):
        return figure.parts
    return () if isinstance(figure, ParameterAt) else (figure,)


def columns_of(node: Any) -> frozenset[str]:
    """All column names an expression or figure mentions."""
    if isinstance(node, Col):
        return frozenset({node.name})
    if isinstance(node, Expr):
        return frozenset().union(*(columns_of(arg) for arg in node.args))
    if isinstance(node, Ratio):
        return columns_of(node.numerator) | columns_of(node.denominator)
    if isinstance(node, Total):
        return frozenset().union(*(columns_of(part) for part in node.parts))
    if isinstance(node, Count | Sum):
        extra = {node.at} if node.at else set()
        extra |= {node.value} if isinstance(node, Sum) else {node.distinct} if node.distinct else set()
        return frozenset(extra) | columns_of(node.where)
    return frozenset()
