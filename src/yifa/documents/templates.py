"""Templates as data: what a document is called, which variables it needs, how its body reads.

A template is given a plain dict. What is missing or of the wrong kind is reported all at once, in Chinese;
variables a template does not know are ignored, so that one dict can serve all documents of a case.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from yifa.documents.model import Block, CheckCode, Imprint, Layout, OfficialDocument
from yifa.documents.values import KINDS, Kind, Values

Reason = Literal["missing", "wrong_kind", "no_such_version", "not_a_passage"]
_REASONS: dict[Reason, str] = {
    "missing": "缺少“{title}”（{name}）",
    "wrong_kind": "“{title}”（{name}）应为{expected}",
    "no_such_version": "《{title}》不适用于{name}版程序",
    "not_a_passage": "“{title}”（{name}）由案件记录生成，不得另行填写",
}


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable: name, 中文, kind, whether it must be given, and the procedure versions that know it."""

    name: str
    title: str
    kind: Kind = "text"
    required: bool = True
    versions: frozenset[str] = frozenset()
    choices: tuple[str | int, ...] = ()

    def asked_in(self, version: str) -> bool:
        """Whether this version uses the variable."""
        return not self.versions or version in self.versions

    def problem(self, values: Mapping[str, Any]) -> "TemplateProblem | None":
        """What is wrong with the value given for this variable."""
        value = values.get(self.name)
        if value in (None, "", (), []):
            return TemplateProblem("missing", self.name, self.title) if self.required else None
        if not KINDS[self.kind].accepts(value):
            return TemplateProblem("wrong_kind", self.name, self.title, KINDS[self.kind].title)
        if self.choices and value not in self.choices:
            allowed = "、".join(str(choice) for choice in self.choices)
            return TemplateProblem("wrong_kind", self.name, self.title, f"下列之一：{allowed}")
        return None


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """One thing that keeps a document from being drawn up."""

    reason: Reason
    name: str
    title: str
    expected: str = ""

    def __str__(self) -> str:
        return _REASONS[self.reason].format(name=self.name, title=self.title, expected=self.expected)


class TemplateError(ValueError):
    """A document cannot be drawn up; `problems` holds every reason."""

    def __init__(self, template: "DocumentTemplate", problems: Iterable[TemplateProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"《{template.title}》无法制作：" + "；".join(str(p) for p in self.problems))


def _no_rules(values: Mapping[str, Any], version: str) -> Iterable[TemplateProblem]:
    return ()


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """A 文书: its code within its line, its name, its variables and its body.

    body       values → blocks
    versions   the procedure versions in which it exists; empty: all
    recipient  variable that names the addressee; empty: none is printed
    headed     whether the organ stands at the head (not over what parties themselves submit)
    sealed     whether the organ's seal is affixed; signed: whether organ and date stand at the end
    title_of   values → title, where the title holds a variable
    attachments  附件 unless the values name others
    rules      what must hold between variables: (values, version) → problems
    """

    code: str
    title: str
    variables: tuple[Variable, ...]
    body: Callable[[Values], tuple[Block, ...]]
    layout: Layout = Layout.CASE
    versions: frozenset[str] = frozenset()
    recipient: str = ""
    headed: bool = True
    sealed: bool = True
    signed: bool = True
    title_of: Callable[[Values], str] | None = None
    attachments: tuple[str, ...] = ()
    rules: Callable[[Mapping[str, Any], str], Iterable["TemplateProblem"]] = _no_rules


def check(template: DocumentTemplate, values: Mapping[str, Any], version: str) -> tuple[TemplateProblem, ...]:
    """Everything that keeps the document from being drawn up; empty if nothing does."""
    if template.versions and version not in template.versions:
        return (TemplateProblem("no_such_version", version, template.title),)
    found = (v.problem(values) for v in template.variables if v.asked_in(version))
    return (*(problem for problem in found if problem), *template.rules(values, version))


def draft(template: DocumentTemplate, values: Mapping[str, Any], version: str) -> OfficialDocument:
    """The document drawn up from the values under the procedure version; TemplateError names all problems."""
    problems = check(template, values, version)
    if problems:
        raise TemplateError(template, problems)
    given = Values(values, version)
    return OfficialDocument(
        layout=template.layout,
        mark=given.text("organ") if template.headed else "",
        title=template.title_of(given) if template.title_of else template.title,
        blocks=template.body(given),
        dated=given.day("date"),
        number=given.text("number") or given.text("case_no"),
        recipient=given.names(template.recipient) if template.recipient else "",
        attachments=given.texts("attachments") or template.attachments,
        signer=given.text("organ") if template.signed else "",
        sealed=template.sealed,
        imprint=_imprint(given),
        check=_check(given),
    )


def _imprint(given: Values) -> Imprint | None:
    if not given.has("cc"):
        return None
    return Imprint(given.text("office") or given.text("organ"), given.day("date"), given.texts("cc"))


def _check(given: Values) -> CheckCode | None:
    if not given.has("check_url"):
        return None
    return CheckCode(given.text("check_url"), given.text("check_code"))


@dataclass(frozen=True, slots=True)
class TemplateSet:
    """The templates of one line, found by code."""

    line: str
    templates: tuple[DocumentTemplate, ...]

    def __getitem__(self, code: str) -> DocumentTemplate:
        for template in self.templates:
            if template.code == code:
                return template
        known = "、".join(template.code for template in self.templates)
        raise KeyError(f"{self.line} 没有文书模板“{code}”。可用的有：{known}")

    def codes(self) -> tuple[str, ...]:
        """All codes in order."""
        return tuple(template.code for template in self.templates)

    def draft(self, code: str, values: Mapping[str, Any], version: str) -> OfficialDocument:
        """As `draft`, by code."""
        return draft(self[code], values, version)
