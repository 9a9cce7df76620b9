"""Settings: how they are read, what is said of wrong ones, and that the reference is the table."""

import os
import stat
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yifa.platform import config, keys
from yifa.platform.config import Config, Setting, SettingsError

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "operations" / "settings.md"
KEY = "ab" * 32
PRODUCTION = {
    "YIFA_ENV": "production",
    "DATABASE_URL": "postgresql://yifa@db/yifa",
    "YIFA_SECRET_KEY": "secret-" * 8,
    "YIFA_DATA_KEYS": f"{KEY},{'cd' * 32}",
    "YIFA_BLIND_KEY": "ef" * 32,
    "YIFA_LOG_KEY": "01" * 32,
    "YIFA_LOG_ORIGIN": "log.example/city",
    "YIFA_HOSTS": "sfj.example",
    "YIFA_PUBLIC_URL": "https://sfj.example",
    "YIFA_SECOND_FACTOR": "signers",
}


def test_the_reference_is_the_table() -> None:
    """If not: .venv/bin/python -c 'from yifa.platform import config; print(config.reference(), end="")'"""
    assert REFERENCE.read_text(encoding="utf-8") == config.reference()


@pytest.mark.parametrize("setting", config.SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_explained_and_its_default_can_be_read(
    setting: Setting[Any], tmp_path: Path
) -> None:
    assert setting.help
    assert Config({"YIFA_VAR": str(tmp_path)}).trouble(setting) is None
    assert setting is config.DEMO_DAY or Config({"YIFA_VAR": str(tmp_path)})[setting] is not None
    assert setting.required_in_production or setting not in config.GENERATED


def test_names_are_unique() -> None:
    assert len({setting.name for setting in config.SETTINGS}) == len(config.SETTINGS)


@pytest.mark.parametrize(
    ("setting", "text", "value"),
    [
        (config.HOSTS, "a.example, b.example,", ["a.example", "b.example"]),
        (config.PROXY_TLS, "1", True),
        (config.PROXY_TLS, "0", False),
        (config.SESSION_MINUTES, "15", 15),
        (config.DATA_KEYS, f"{KEY},{'cd' * 32}", [b"\xab" * 32, b"\xcd" * 32]),
        (config.BLIND_KEY, KEY, b"\xab" * 32),
        (config.VAR, "/srv/../srv/x", Path("/srv/x").resolve()),
        (config.DATABASE_URL, "postgres://h/d", "postgres://h/d"),
    ],
)
def test_reading(setting: Setting[Any], text: str, value: object) -> None:
    assert Config({setting.name: text})[setting] == value


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("YIFA_ENV", "live", "development 或 production"),
        ("YIFA_PROXY_TLS", "yes", "0 或 1"),
        ("YIFA_SESSION_MINUTES", "-1", "整数"),
        ("YIFA_SESSION_MINUTES", "３０", "整数"),
        ("YIFA_DATA_KEYS", "abc", "十六进制"),
        ("YIFA_DATA_KEYS", "zz" * 32, "十六进制"),
        ("YIFA_DATA_KEYS", ",", "至少"),
        ("YIFA_DATA_KEYS", f"{KEY},{KEY}", "重复"),
        ("YIFA_SECRET_KEY", "short", "50"),
        ("YIFA_SECRET_KEY", "s" * 60, "随机"),
        ("DATABASE_URL", "sqlite:///x", "postgresql://"),
        ("YIFA_LOG_LEVEL", "LOUD", "WARNING"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_expected_and_never_shown(name: str, text: str, says: str) -> None:
    settings = Config({name: text})
    (trouble,) = settings.troubles()
    assert trouble.id == "settings.invalid"
    assert name in trouble.message
    assert says in trouble.message
    assert text not in trouble.message or len(text) < 3
    with pytest.raises(SettingsError, match=name):
        settings[next(s for s in config.SETTINGS if s.name == name)]


def test_production_is_clean_when_all_is_given() -> None:
    assert Config(PRODUCTION).troubles() == []


@pytest.mark.parametrize("name", [n for n in PRODUCTION if n != "YIFA_ENV"])
def test_production_misses_what_is_left_out(name: str) -> None:
    left = {key: value for key, value in PRODUCTION.items() if key != name}
    assert [(t.id, name in t.message) for t in Config(left).troubles()] == [("settings.missing", True)]


def test_production_never_makes_a_key(tmp_path: Path) -> None:
    settings = Config({"YIFA_ENV": "production", "YIFA_VAR": str(tmp_path)})
    with pytest.raises(SettingsError, match="YIFA_BLIND_KEY"):
        settings[config.BLIND_KEY]
    assert list(tmp_path.iterdir()) == []


def test_a_misspelt_name_is_found() -> None:
    (trouble,) = Config({"YIFA_HOST": "x"}).troubles()
    assert (trouble.id, "YIFA_HOST" in trouble.message) == ("settings.unknown", True)


def test_development_keys_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    settings = Config({"YIFA_VAR": str(tmp_path)})
    first = settings[config.DATA_KEYS]
    assert settings[config.DATA_KEYS] == first
    assert settings[config.BLIND_KEY] not in first
    for path in (tmp_path / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_many_makers_agree_on_one_key(tmp_path: Path) -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(keys.development_key(tmp_path, "K"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert os.listdir(tmp_path / "keys") == ["k"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", {"NAME": "yifa", "USER": "postgres", "EMBEDDED": "/d", "OPTIONS": config.PREPARED}),
        (
            "postgresql://u:p%40ss@h:5433/d?sslmode=require",
            {"NAME": "d", "USER": "u", "PASSWORD": "p@ss", "HOST": "h", "PORT": "5433", "OPTIONS": {**config.PREPARED, "sslmode": "require"}},
        ),
        ("postgresql://u@/d?host=%2Frun%2Fpg", {"NAME": "d", "HOST": "/run/pg", "OPTIONS": config.PREPARED}),
    ],
)  # fmt: skip
def test_the_database_in_djangos_form(url: str, expected: dict[str, object]) -> None:
    found = config.django_database(url, Path("/d"))
    assert {key: found[key] for key in expected} == expected
    assert found["ENGINE"] == "yifa.platform.postgresql"
    assert ("EMBEDDED" in found) is (url == "")


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://u:p%40@mail.test", 587, False, True), ("smtps://mail.test", 465, True, False),
        ("smtp+plain://mail.test:2525", 2525, False, False),
    ],
)  # fmt: skip
def test_the_mail_server_is_one_address(url: str, port: int, ssl: bool, tls: bool) -> None:
    found = Config({"YIFA_MAIL": url})[config.MAIL]
    assert (found["host"], found["port"], found["ssl"], found["tls"]) == ("mail.test", port, ssl, tls)
    assert found["password"] == ("p@" if "@" in url else "")


@pytest.mark.parametrize("url", ["mail.test", "http://mail.test", "smtp://"])
def test_what_is_no_mail_server_is_said(url: str) -> None:
    trouble = Config({"YIFA_MAIL": url}).trouble(config.MAIL)
    assert trouble is not None
    assert "smtp://" in trouble.message


def test_the_demo_day_is_a_date_and_never_set_in_production() -> None:
    assert config.Config({"YIFA_DEMO_DAY": "2024-01-15"})[config.DEMO_DAY] == date(2024, 1, 15)
    assert config.Config({})[config.DEMO_DAY] is None
    assert [t.id for t in config.Config({"YIFA_DEMO_DAY": "15 January"}).troubles()] == ["settings.invalid"]
    found = config.Config({"YIFA_ENV": "production", "YIFA_DEMO_DAY": "2024-01-15"}).troubles()
    assert "settings.demo_day" in [t.id for t in found]
