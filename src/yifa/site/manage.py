"""Django's management commands: `python -m yifa.site migrate`."""

import os
import sys

from django.core.management import execute_from_command_line

from yifa.platform.config import SettingsError


def main(arguments: list[str]) -> None:
    """Run one command; bad settings are told without a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    try:
        execute_from_command_line(["yifa.site", *arguments])
    except SettingsError as error:
        sys.exit(str(error))
