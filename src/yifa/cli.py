"""`yifa …`: the commands. Each lives in a module of `yifa.commands` and is loaded only when it is called."""

from importlib import import_module
from importlib.util import find_spec

import click

# Command → module of yifa.commands that defines a click command (or group) called `command`.
COMMANDS = {
    "timeline": "timeline",
    "due": "due",
    "eligibility": "eligibility",
    "procedure": "procedure",
    "law": "law",
    "ledger": "ledger",
    "casework": "casework",
}


class Lazy(click.Group):
    """A group that imports a command only when it is needed, so that `yifa due` starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, module in COMMANDS.items() if find_spec(f"yifa.commands.{module}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module is None or find_spec(f"yifa.commands.{module}") is None:
            return None
        found: click.Command = import_module(f"yifa.commands.{module}").command
        return found


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """依法：司法局办案与统计系统。"""
