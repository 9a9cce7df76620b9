"""`yifa casework`: verify that what is kept is what was recorded, rebuild what is derived, run the clock once."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from yifa.casework.models import Case
    from yifa.casework.requests import Answer, World
    from yifa.language.acts import Actor


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()


@click.group("casework")
def command() -> None:
    """案件库：核对、重建、计时。"""
    _django()


@command.command("verify")
def verify() -> None:
    """核对：各案内容与承诺值、案件链、文书和材料的文件、各项推导数据，以及查阅记录、账号和任职。有不符返回 1。"""
    from yifa.casework.audit import faults
    from yifa.casework.models import Case
    from yifa.casework.verification import erased, of_people, told
    from yifa.casework.world import SystemWorld

    count = 0
    for fault in (*faults(SystemWorld()), *of_people()):
        count += 1
        place = f"案件 {fault.case}" + ("" if fault.seq is None else f" 第{fault.seq}步")
        click.echo(f"✗ {place if fault.case else '不属于单个案件'}：{fault.what}")
    for gone in () if count else erased(SystemWorld()):
        click.echo(f"· {told(gone)}")
    click.echo(f"共核对{Case.objects.count()}件，" + (f"发现{count}处不符" if count else "全部相符"))
    raise SystemExit(1 if count else 0)


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", required=True, help="建账人的登录名；须在各案的承办机关任职")
@click.option("--partial", is_flag=True, help="有错误时也收下没有错误的行")
def import_cases(file: Path, by: str, partial: bool) -> None:
    """期初建账：从表格（CSV、XLSX）接收正在办理的案件，一次列出全部错误。有错误返回 1。"""
    from yifa.casework.takeover import take_over
    from yifa.casework.world import SystemWorld
    from yifa.people.models import User

    user = User.objects.filter(login__iexact=by, is_active=True).first()
    if user is None:
        raise click.ClickException(f"没有登录名为“{by}”的账号")
    found = take_over(file.name, file.read_bytes(), user, SystemWorld(), partial=partial)
    for problem in found.problems:
        click.echo(f"✗ 第{problem.row}行 {problem.column}：{problem.why}。{problem.what_to_do}")
    if found.problems and not partial:
        click.echo(f"共{len(found.problems)}处错误，没有接收任何案件；改正后请重新导入（或者加 --partial）")
    click.echo(f"已接收{found.done}件，此前已接收{found.before}件")
    raise SystemExit(1 if found.problems else 0)


@command.command("erase")
@click.argument("number")
@click.option("--party", type=int, help="要删除其个人信息的当事人的序号；不填则列出当事人")
@click.option("--ground", type=click.Choice(["purpose", "retention", "consent", "unlawful", "other"]), default="purpose",
              show_default=True, help="个人信息保护法第四十七条各项：目的已实现、保存期满、撤回同意、违法处理、其他")  # fmt: skip
@click.option("--reason", default="", help="理由")
@click.option("--order", help="所依据的决定、裁判的文号")
@click.option("--file", "places", multiple=True, help="另外指明删除的文件：步.份，如 0.2；可多次给出")
@click.option("--everywhere", is_flag=True, help="该当事人（证件号码相同）在其他案件中的个人信息一并删除")
@click.option("--by", help="办理人的登录名，须为承办机关负责人")
def erase(
    number: str, party: int | None, ground: str, reason: str, order: str | None, places: tuple[str, ...], everywhere: bool,
    by: str | None,
) -> None:  # fmt: skip
    """删除一案中某一当事人的个人信息；谁、何时、为何删除记入本案，其余记录照旧可以核对。仍须保存的，逐项说明依据。"""
    from yifa.casework import cards, erasure, selectors, store
    from yifa.casework.files import called
    from yifa.casework.models import Case
    from yifa.casework.world import SystemWorld
    from yifa.people.permissions import Field
    from yifa.registry import line as line_of

    world, case = SystemWorld(), selectors.case_of(number)
    if case is None:
        raise click.ClickException(f"没有案号为“{number}”的案件")
    row = Case.objects.get(id=case)
    view = store.view_of(case, line_of(row.line), world)
    parties, known = list(view.parties.items()), cards.cards(view)
    if party is None:
        for index, (who, role) in enumerate(parties, 1):
            title = line_of(row.line).roles.get(role, role)
            click.echo(f"{index}. {title} {called(who, known[who], Field.INTERNAL)}")
        return
    if not 0 < party <= len(parties):
        raise click.ClickException("没有这一序号的当事人")
    wanted = erasure.Wanted(parties[party - 1][0], files=places)
    actor, why = _actor(by, row.organ, world), erasure.Why(ground, reason, order)
    key = f"erase:{case}:{party}"
    if everywhere:
        found = erasure.everywhere(case, wanted, actor, why, key, world)
    else:
        found = [(case, erasure.erase(case, wanted, actor, why, key, world))]
    for one, answer in found:
        _say(answer, Case.objects.get(id=one))
    raise SystemExit(0 if all(answer for _, answer in found) else 1)


def _actor(login: str | None, organ: str, world: "World") -> "Actor":
    """The person of this login as they may act in the organ today."""
    from yifa.language.acts import Actor
    from yifa.people.models import User
    from yifa.people.selectors import capacities

    user = User.objects.filter(login__iexact=login or "", is_active=True).first()
    if user is None:
        raise click.ClickException(f"没有登录名为“{login or ''}”的账号")
    held = capacities(user, world.now().date())
    return Actor(str(user.pk), frozenset(r for c in held if c.organ == organ for r in c.roles), organ)


def _say(answer: "Answer", case: "Case") -> None:
    from yifa.casework.requests import NotDone
    from yifa.language.messages import render
    from yifa.registry import line as line_of

    messages, refused = line_of(case.line).messages, isinstance(answer, NotDone)
    click.echo(f"{case.number or case.id}：" + ("没有办理" if refused else "已办理并记入本案"))
    for problem in answer.problems if isinstance(answer, NotDone) else answer.warnings:
        click.echo(f"  {'✗' if refused else '·'} {render(problem, messages)}")


@command.command("sweep")
@click.option(
    "--days", type=click.IntRange(min=1), default=30, show_default=True, help="放置多少天以上的才清理"
)
@click.option("--dry-run", is_flag=True, help="只列出，不清理")
def sweep(days: int, dry_run: bool) -> None:
    """清理没有任何办理记录引用的文件（例如上传后未被受理的材料）。可以随时运行、重复运行；后台每夜运行一次。"""
    from cryptography.exceptions import InvalidTag

    from yifa.casework import sweep as sweeping
    from yifa.casework.world import SystemWorld

    try:
        found = (sweeping.orphans if dry_run else sweeping.sweep)(SystemWorld(), days)
    except (InvalidTag, KeyError):
        raise click.ClickException(
            "有办理记录无法解密，不能判断文件是否被引用，没有清理任何文件；请先运行 yifa casework verify"
        ) from None
    for name in found:
        click.echo(name)
    click.echo(f"{'可清理' if dry_run else '已清理'}{len(found)}个文件")


@command.command("rebuild")
def rebuild_all() -> None:
    """由办理记录重新生成全部推导数据。"""
    from yifa.casework.audit import rebuild
    from yifa.casework.models import Case
    from yifa.casework.world import SystemWorld

    world, count = SystemWorld(), 0
    for case in Case.objects.order_by("id").iterator():
        rebuild(case, world)
        count += 1
    click.echo(f"已重建{count}件")


@command.command("tick")
def tick_once() -> None:
    """记录已经依法发生的效果。可以随时运行，迟运行不改变任何日期。"""
    from yifa.casework.clockwork import tick
    from yifa.casework.world import SystemWorld

    click.echo(f"已记录{len(tick(SystemWorld()))}项依法发生的效果")


@command.command("dossier")
@click.argument("number")
@click.option("--out", required=True, type=click.Path(dir_okay=False, writable=True), help="写到哪个文件")
def dossier_of(number: str, out: str) -> None:
    """把一个案件的材料和文书装订为带目录、页码的电子卷宗（PDF）。"""
    from pathlib import Path

    from yifa.casework.dossier import bind
    from yifa.casework.models import Case
    from yifa.casework.world import SystemWorld

    case = Case.objects.filter(number=number).first()
    if case is None:
        click.echo(f"没有案号为“{number}”的案件")
        raise SystemExit(1)
    pdf = bind(case, SystemWorld())
    Path(out).write_bytes(pdf)
    click.echo(f"已装订：{out}（{len(pdf) // 1024} KB）")
