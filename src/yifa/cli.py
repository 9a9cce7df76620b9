"""`yifa …`: the commands. Each lives in a module of `yifa.commands` and is loaded only when it is called."""

from importlib import import_module
from importlib.util import find_spec

import click

# Command → what it does. The module `yifa.commands.<name>` defines a click command or group called `command`.
COMMANDS = {
    "timeline": "运行带日期的事例，列出每个期限及其推算过程",
    "due": "计算一个期限并说明理由",
    "eligibility": "按法律援助条件逐条核对申请人情况",
    "procedure": "程序指南与阶段图",
    "law": "法律依据：登记与核对",
    "report": "年度报告与文稿数字核对",
    "ledger": "记录的验证",
    "casework": "案件库维护",
    "people": "机关、账号",
    "check": "检查设置并说明如何改正",
    "keys": "加密密钥：查看、轮换",
    "registers": "名录：清单、查看、导入、导出、核对",
    "simulate": "模拟一个年度",
    "tick": "计时、提醒、外发、入账，运行一轮",
    "worker": "后台工作，持续运行",
    "backup": "备份",
    "restore": "恢复备份",
    "lake": "导出统计快照",
}


class Lazy(click.Group):
    """A group that imports a command only when it is called: `yifa due` and `yifa --help` start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Commands whose module is installed, in the order of the table."""
        return [name for name in COMMANDS if find_spec(f"yifa.commands.{name}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"yifa.commands.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the table, without importing any."""
        with formatter.section("命令"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """依法：司法局办案与统计系统。"""
