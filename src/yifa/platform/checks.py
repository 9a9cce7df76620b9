"""What `yifa check` says: everything that is misconfigured, and how to mend it. An empty list is a clean bill."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from hashlib import algorithms_available

import psycopg
from django.apps import apps
from django.core import checks as django_checks

from yifa.platform import config, embedded, keys
from yifa.platform.config import Config, Trouble

SMALLEST_SPACE = 1 << 30
OLDEST = 15


def run(environ: Mapping[str, str] | None = None) -> list[Trouble]:
    """Settings first; the machine and the database only if those can be read."""
    settings = Config(os.environ if environ is None else environ)
    troubles = settings.troubles()
    if any(trouble.id != "settings.unknown" for trouble in troubles):
        return troubles
    return troubles + [trouble for check in CHECKS for trouble in check(settings)]


def _folder(settings: Config) -> Iterator[Trouble]:
    var = settings[config.VAR]
    existing = next(folder for folder in (var, *var.parents) if folder.exists())
    if not os.access(existing, os.W_OK):
        yield Trouble("var.unwritable", f"不能写入 {existing}", "请更改权限，或设置 YIFA_VAR")
    elif shutil.disk_usage(existing).free < SMALLEST_SPACE:
        yield Trouble("var.full", f"{existing} 所在磁盘剩余不足 1 GiB", "请清理磁盘，或把 YIFA_VAR 移到别处")


def _key_files(settings: Config) -> Iterator[Trouble]:
    for setting in config.GENERATED:
        path = keys.path_of(settings[config.VAR], setting.name)
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Trouble("keys.readable", f"其他用户可以读取密钥文件 {path}", f"请运行 chmod 600 {path}")


def _distinct(settings: Config) -> Iterator[Trouble]:
    ours = [settings[config.BLIND_KEY], settings[config.LOG_KEY], *settings[config.DATA_KEYS]]
    if len(set(ours)) < len(ours):
        yield Trouble("keys.shared", "同一把密钥用在了两处", "加密、盲索引、签名须各用各的密钥")


def _algorithms(settings: Config) -> Iterator[Trouble]:
    if "sm3" not in algorithms_available:
        yield Trouble(
            "crypto.sm3", "本机 OpenSSL 不支持 SM3", "请换用带 SM3 的 OpenSSL 3；不用国密时可以忽略"
        )


def _database(settings: Config) -> Iterator[Trouble]:
    try:
        url = settings[config.DATABASE_URL] or embedded.ensure_running(settings[config.VAR] / "pg")
        with psycopg.connect(url, connect_timeout=5) as connection:
            yield from _server(connection)
    except embedded.EmbeddedError as error:
        yield Trouble("database.embedded", str(error), "也可以设置 DATABASE_URL 改用独立的数据库")
    except psycopg.OperationalError:
        # The driver's text may hold the address with its password.
        hint = "请核对 DATABASE_URL 的主机、端口、用户和密码，并确认数据库已启动"
        yield Trouble("database.unreachable", "连接不上数据库", hint)


def _server(connection: psycopg.Connection[tuple[object, ...]]) -> Iterator[Trouble]:
    version = connection.info.server_version // 10000
    if version < OLDEST:
        yield Trouble("database.old", f"PostgreSQL {version} 过旧", f"请升级到 {OLDEST} 以上")
    for name, wanted, hint in WANTED:
        found = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
        if found != (wanted,):
            yield Trouble(f"database.{name}", f"数据库参数 {name} 应为 {wanted}", hint)


WANTED = (
    ("server_encoding", "UTF8", "请以 ENCODING 'UTF8' 重建数据库"),
    ("fsync", "on", "关闭 fsync 会在断电时丢失已签发的行为，请打开"),
    ("full_page_writes", "on", "请打开，否则断电可能损坏数据"),
)


def _django(settings: Config) -> Iterator[Trouble]:
    """Django's own checks, deployment included in production, once its applications are loaded."""
    if not apps.ready:
        return
    for found in django_checks.run_checks(include_deployment_checks=settings.production):
        if found.level >= django_checks.WARNING:
            yield Trouble(
                str(found.id), str(found.msg).split("\n")[0], found.hint or "见 Django 文档中该编号的说明"
            )


CHECKS: tuple[Callable[[Config], Iterator[Trouble]], ...] = (
    _folder, _key_files, _distinct, _algorithms, _database, _django,
)  # fmt: skip


def report(troubles: list[Trouble]) -> str:
    """For people: one trouble a paragraph."""
    if not troubles:
        return "检查通过，没有发现问题。"
    return "\n".join(f"{n}. {t.message}\n   办法：{t.hint}　[{t.id}]" for n, t in enumerate(troubles, 1))
