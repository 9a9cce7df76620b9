"""Every setting, declared once: name, kind, default, help. The reference and the checks are made from this table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

from yifa.platform import keys

T = TypeVar("T", covariant=True)
S = TypeVar("S")
KEY_HEX = 64


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is not as it should be: an id to look up, what is wrong, and how to mend it."""

    id: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """How a text from the environment is read; `parse` raises ValueError with what is expected, in Chinese."""

    label: str
    parse: Callable[[str], T]


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting. `secret`: never printed, generated under var/keys in development if it has no value."""

    name: str
    kind: Kind[T]
    default: str
    help: str
    secret: bool = False
    required_in_production: bool = False


class SettingsError(RuntimeError):
    """The environment cannot be used; the text holds every trouble, in Chinese."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__("\n".join(f"{t.message}（{t.hint}）" for t in self.troubles))


def _choice(*values: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in values:
            raise ValueError("应为 " + " 或 ".join(values))
        return text

    return parse


def _flag(text: str) -> bool:
    return _choice("0", "1")(text) == "1"


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError("应为非负整数")
    return int(text)


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ValueError("应为正整数")
    return int(text)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError("应为日期（如 2024-01-15）") from None


def _key(text: str) -> bytes:
    if len(text) != KEY_HEX:
        raise ValueError(f"应为 {KEY_HEX} 位十六进制")
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise ValueError(f"应为 {KEY_HEX} 位十六进制") from None


def _keys(text: str) -> list[bytes]:
    found = [_key(part) for part in _names(text)]
    if not found:
        raise ValueError("至少要有一把密钥")
    if len(set(found)) < len(found):
        raise ValueError("有重复的密钥")
    return found


def _database(text: str) -> str:
    if text and urlsplit(text).scheme not in ("postgresql", "postgres"):
        raise ValueError("应以 postgresql:// 开头")
    return text


def _mail(text: str) -> dict[str, Any]:
    """smtp://user:password@host:port (STARTTLS) or smtps://… (TLS from the start); smtp+plain://… is in the clear."""
    if not text:
        return {}
    parts = urlsplit(text)
    ways = {"smtp": (587, False, True), "smtps": (465, True, False), "smtp+plain": (25, False, False)}
    if parts.scheme not in ways or not parts.hostname:
        raise ValueError("应为 smtp://、smtps:// 或 smtp+plain:// 开头的地址")
    port, ssl, tls = ways[parts.scheme]
    return {
        "host": parts.hostname, "port": parts.port or port, "ssl": ssl, "tls": tls,
        "user": unquote(parts.username or ""), "password": unquote(parts.password or ""),
    }  # fmt: skip


def _long(text: str) -> str:
    if len(text) < 50 or len(set(text)) < 5:
        raise ValueError("应为至少 50 个字符的随机文本")
    return text


TEXT: Kind[str] = Kind("文本", str)
PATH: Kind[Path] = Kind("目录", lambda text: Path(text).resolve())
FLAG: Kind[bool] = Kind("0 或 1", _flag)
NUMBER: Kind[int] = Kind("整数", _number)
COUNT: Kind[int] = Kind("正整数", _positive)
NAMES: Kind[list[str]] = Kind("以逗号分隔的列表", _names)
DAY: Kind[date | None] = Kind("日期（如 2024-01-15）", _day)
KEY: Kind[bytes] = Kind("密钥（64 位十六进制）", _key)
KEYS: Kind[list[bytes]] = Kind("以逗号分隔的密钥", _keys)
URL: Kind[str] = Kind("数据库地址", _database)
MAIL_URL: Kind[dict[str, Any]] = Kind("邮件服务器地址", _mail)
LONG: Kind[str] = Kind("随机文本", _long)

ENV: Setting[str] = Setting(
    "YIFA_ENV", Kind("development 或 production", _choice("development", "production")), "development",
    "运行环境。生产环境要求密钥、数据库地址齐备，并强制 HTTPS。",
)  # fmt: skip
VAR: Setting[Path] = Setting("YIFA_VAR", PATH, "var", "运行数据所在目录：内嵌数据库、开发密钥。")
DATABASE_URL: Setting[str] = Setting(
    "DATABASE_URL", URL, "",
    "PostgreSQL（15 以上）地址，如 postgresql://yifa@db/yifa?sslmode=verify-full。不设则启动内嵌数据库。",
    secret=True, required_in_production=True,
)  # fmt: skip
SECRET_KEY: Setting[str] = Setting(
    "YIFA_SECRET_KEY", LONG, "", "签名会话与表单的密钥。更换后所有人须重新登录。",
    secret=True, required_in_production=True,
)  # fmt: skip
DATA_KEYS: Setting[list[bytes]] = Setting(
    "YIFA_DATA_KEYS", KEYS, "", "加密个人信息的密钥。第一把为现用，其余只用来解密；轮换完毕方可移除旧密钥。",
    secret=True, required_in_production=True,
)  # fmt: skip
BLIND_KEY: Setting[bytes] = Setting(
    "YIFA_BLIND_KEY", KEY, "", "盲索引密钥：不解密即可查重。一经使用不得更换。",
    secret=True, required_in_production=True,
)  # fmt: skip
LOG_KEY: Setting[bytes] = Setting(
    "YIFA_LOG_KEY", KEY, "", "存证日志检查点的签名密钥（Ed25519 种子）。",
    secret=True, required_in_production=True,
)  # fmt: skip
LOG_ORIGIN: Setting[str] = Setting(
    "YIFA_LOG_ORIGIN", TEXT, "yifa.example/city", "存证日志的名称，写在每个检查点第一行。一经使用不得更换。",
    required_in_production=True,
)  # fmt: skip
HOSTS: Setting[list[str]] = Setting(
    "YIFA_HOSTS", NAMES, "127.0.0.1,localhost", "允许访问的主机名。", required_in_production=True
)
TRUSTED_ORIGINS: Setting[list[str]] = Setting(
    "YIFA_TRUSTED_ORIGINS", NAMES, "", "可信来源，如 https://sfj.example.gov.cn；经反向代理访问时需要。"
)
PROXY_TLS: Setting[bool] = Setting(
    "YIFA_PROXY_TLS", FLAG, "0", "反向代理负责 HTTPS，并以 X-Forwarded-Proto 告知；代理须抹去外来的同名头。"
)
SESSION_MINUTES: Setting[int] = Setting("YIFA_SESSION_MINUTES", NUMBER, "30", "无操作多少分钟后须重新登录。")
LOGIN_FAILURES: Setting[int] = Setting(
    "YIFA_LOGIN_FAILURES",
    COUNT,
    "5",
    "同一登录名连续登录失败多少次后暂停登录；登录成功后重新计数，24小时以前的不计。",
)
LOGIN_ADDRESS_FAILURES: Setting[int] = Setting(
    "YIFA_LOGIN_ADDRESS_FAILURES", COUNT, "30",
    "同一网络地址在24小时内登录失败多少次后暂停从该地址登录，不论登录名。同一单位常共用一个地址，不宜过小。",
)  # fmt: skip
LOGIN_LOCK_MINUTES: Setting[int] = Setting(
    "YIFA_LOGIN_LOCK_MINUTES",
    COUNT,
    "10",
    "首次暂停登录多少分钟；此后每再失败一次加倍，最长24小时。安全管理员可以解除。",
)
SECOND_FACTOR: Setting[str] = Setting(
    "YIFA_SECOND_FACTOR",
    Kind("voluntary、administrators、signers 或 everybody", _choice("voluntary", "administrators", "signers", "everybody")),
    "voluntary",
    "登录时谁必须使用动态验证码：voluntary 自愿；administrators 三类管理员；signers 管理员和有签发权限的人员；"
    "everybody 所有人。须用而未启用的，下次登录先行启用。",
    required_in_production=True,
)  # fmt: skip
PROXY_ADDRESS: Setting[bool] = Setting(
    "YIFA_PROXY_ADDRESS", FLAG, "0",
    "反向代理在 X-Forwarded-For 末尾写明来访地址（用于限制登录失败）；未经代理或者代理不写的，不得设为 1。",
)  # fmt: skip
LOG_LEVEL: Setting[str] = Setting(
    "YIFA_LOG_LEVEL", Kind("DEBUG、INFO、WARNING 或 ERROR", _choice("DEBUG", "INFO", "WARNING", "ERROR")),
    "INFO", "运行日志的最低级别。",
)  # fmt: skip
LOG_FORMAT: Setting[str] = Setting(
    "YIFA_LOG_FORMAT", Kind("json 或 console", _choice("json", "console")), "json", "运行日志的格式。"
)
MAIL: Setting[dict[str, Any]] = Setting(
    "YIFA_MAIL", MAIL_URL, "",
    "发送邮件的服务器，如 smtp://user:password@mail.example.gov.cn:587。不设则邮件只写入 YIFA_VAR/mail。", secret=True,
)  # fmt: skip
MAIL_FROM: Setting[str] = Setting("YIFA_MAIL_FROM", TEXT, "yifa@localhost", "邮件的发件人地址。")
FONTS: Setting[str] = Setting("YIFA_FONTS", TEXT, "", "文书字体所在目录；不设则用项目的 var/fonts。")
UNFINISHED_DAYS: Setting[int] = Setting(
    "YIFA_UNFINISHED_DAYS",
    COUNT,
    "14",
    "填写到一半、没有提交的表单保留多少天；办理完毕或者本人丢弃的，当即删除。",
)
UPLOAD_MB: Setting[int] = Setting("YIFA_UPLOAD_MB", NUMBER, "50", "单个材料文件的大小上限（MB）。")
PUBLIC_URL: Setting[str] = Setting(
    "YIFA_PUBLIC_URL", TEXT, "http://127.0.0.1:8000",
    "公众访问本站的地址，印在文书的校验二维码中。更换后，已经定稿的文书仍印原地址。", required_in_production=True,
)  # fmt: skip

DEMO_DAY: Setting[date | None] = Setting(
    "YIFA_DEMO_DAY", DAY, "", "演示用的系统日期（如 2024-01-15）：一切“今天”以此为准。生产环境不得设置。"
)

SETTINGS: tuple[Setting[Any], ...] = (
    ENV, VAR, DATABASE_URL, SECRET_KEY, DATA_KEYS, BLIND_KEY, LOG_KEY, LOG_ORIGIN, HOSTS, TRUSTED_ORIGINS,
    PROXY_TLS, PROXY_ADDRESS, SESSION_MINUTES, LOGIN_FAILURES, LOGIN_ADDRESS_FAILURES, LOGIN_LOCK_MINUTES, SECOND_FACTOR, LOG_LEVEL, LOG_FORMAT, MAIL, MAIL_FROM, FONTS,
    UNFINISHED_DAYS, UPLOAD_MB, PUBLIC_URL,
    DEMO_DAY,
)  # fmt: skip
GENERATED = (SECRET_KEY, DATA_KEYS, BLIND_KEY, LOG_KEY)
_GENERATED_NAMES = {setting.name for setting in GENERATED}


class Config:
    """Settings read from an environment: `Config(os.environ)[HOSTS]`."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.production = environ.get(ENV.name) == "production"

    def __getitem__(self, setting: Setting[S]) -> S:
        """The value; raises SettingsError if it is missing or cannot be read."""
        trouble = self.trouble(setting)
        if trouble:
            raise SettingsError([trouble])
        return setting.kind.parse(self._text(setting))

    def trouble(self, setting: Setting[Any]) -> Trouble | None:
        """What is wrong with one setting."""
        text = self._environ.get(setting.name, "")
        if not text and self.production and setting.required_in_production:
            return Trouble("settings.missing", f"生产环境必须设置 {setting.name}", setting.help)
        try:
            if text:
                setting.kind.parse(text)
        except ValueError as error:
            return Trouble("settings.invalid", f"{setting.name} 的值不正确：{error}", setting.help)
        return None

    def troubles(self) -> list[Trouble]:
        """What is wrong with any setting, and names that look like ours but are not."""
        found = [trouble for setting in SETTINGS if (trouble := self.trouble(setting))]
        known = {setting.name for setting in SETTINGS}
        found += [
            Trouble(
                "settings.unknown", f"没有名为 {name} 的设置", "请核对名称，见 docs/operations/settings.md"
            )
            for name in sorted(self._environ)
            if name.startswith("YIFA_") and name not in known
        ]
        return found + self._demo()

    def _demo(self) -> list[Trouble]:
        """A system that lives on another day than today's must not hold real cases."""
        if not (self.production and self._environ.get(DEMO_DAY.name)):
            return []
        return [Trouble("settings.demo_day", f"生产环境不得设置 {DEMO_DAY.name}", "删去该设置")]

    def _text(self, setting: Setting[Any]) -> str:
        text = self._environ.get(setting.name) or setting.default
        if not text and setting.name in _GENERATED_NAMES:
            return keys.development_key(self[VAR], setting.name)
        return text


def django_database(url: str, data: Path) -> dict[str, Any]:
    """Django's form of a libpq URI; without one, the embedded server of this data folder."""
    common = {"ENGINE": "yifa.platform.postgresql", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    if not url:
        own = {"NAME": "yifa", "USER": "postgres", "EMBEDDED": str(data), "OPTIONS": dict(PREPARED)}
        return {**common, **own}
    parts = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        **common,
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": PREPARED | query,
    }


# Statements are parsed and planned once a connection and their values sent apart: halves the server's work for an act.
PREPARED = {"server_side_binding": True, "prepare_threshold": 3}


def reference() -> str:
    """docs/operations/settings.md, whole."""
    head = "# Settings\n\nMade from `yifa.platform.config`; a test keeps it equal. 设置取自环境变量。\n"
    return "\n".join([head, *(_section(setting) for setting in SETTINGS)])


def _section(setting: Setting[Any]) -> str:
    default = f"`{setting.default}`" if setting.default else "（无）"
    if setting.name in _GENERATED_NAMES:
        default = "开发环境自动生成于 var/keys（0600）"
    rows = [f"## {setting.name}", "", setting.help, "", f"- 类型：{setting.kind.label}", f"- 默认：{default}"]
    rows += ["- 生产环境必须设置"] if setting.required_in_production else []
    rows += ["- 保密：不得写入日志、代码库"] if setting.secret else []
    return "\n".join(rows) + "\n"
