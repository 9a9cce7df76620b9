"""`yifa check`: what is misconfigured, and how to mend it."""

import os
from collections.abc import Iterator

import click

from yifa.platform import checks
from yifa.platform.config import Trouble


@click.command("check")
@click.option("--deploy", is_flag=True, help="按生产环境的要求检查（相当于 YIFA_ENV=production）")
def command(deploy: bool) -> None:
    """检查设置、密钥、数据库、城市数据和待执行的迁移；逐条说明问题和办法。有问题返回 1。"""
    if deploy:
        os.environ["YIFA_ENV"] = "production"
    troubles = checks.run()  # settings first: without them nothing else can be asked
    if not _barring(troubles):
        troubles = _loaded()
    click.echo(checks.report(troubles))
    raise SystemExit(1 if troubles else 0)


def _barring(troubles: list[Trouble]) -> bool:
    return any(
        trouble.id.startswith("settings.") and trouble.id != "settings.unknown" for trouble in troubles
    )


def _loaded() -> list[Trouble]:
    """The same with Django and the city's data loaded, and what only then can be asked."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()
    troubles = checks.run()
    reachable = not any(trouble.id.startswith("database.") for trouble in troubles)
    return [*troubles, *city(), *(migrations() if reachable else ())]


def city(code: str | None = None) -> Iterator[Trouble]:
    """Every mistake in the city's data: organs, numbering, reviewers, parameters."""
    from yifa import registry
    from yifa.city.load import CityError

    try:
        registry.city_of(code or registry.CITY)
        registry.city_env(code or registry.CITY)
    except CityError as error:
        for mistake in error.mistakes:
            yield Trouble("city.data", mistake, "请改正城市数据文件中的这一处")
    except (KeyError, ValueError) as error:
        yield Trouble("city.parameters", str(error).strip("'\""), "请改正 parameters.yaml")


def migrations() -> Iterator[Trouble]:
    """Migrations the database has not had yet."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = "、".join(f"{m.app_label}.{m.name}" for m, _ in waiting[:5])
        more = f"等{len(waiting)}项" if len(waiting) > 5 else ""
        yield Trouble(
            "database.migrations",
            f"数据库还没有执行迁移：{names}{more}",
            "请运行 python -m yifa.site migrate",
        )
