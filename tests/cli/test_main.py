"""The front of the command line: every module that is a command can be called by its name."""

from importlib import import_module
from pkgutil import iter_modules

import click
from click.testing import CliRunner

from yifa import commands
from yifa.cli import COMMANDS, main


def test_every_command_stands_in_the_table() -> None:
    modules = {
        found.name: import_module(f"yifa.commands.{found.name}") for found in iter_modules(commands.__path__)
    }
    own = {
        name
        for name, module in modules.items()
        if isinstance(getattr(module, "command", None), click.Command)
    }
    assert own == set(COMMANDS) & set(modules)


def test_help_lists_them_with_what_they_do() -> None:
    text = CliRunner().invoke(main, ["--help"]).output
    assert "registers" in text
    assert "名录：清单" in text


def test_an_unknown_command_is_refused() -> None:
    assert CliRunner().invoke(main, ["moon"]).exit_code == 2
