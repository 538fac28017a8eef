"""Reads the environment's variables, and refuses in one sentence what it would have to guess. Never knows a setting."""

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

YES_OR_NO = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False}


class Environment:
    """The process's own variables, which win over those of a file; an empty one counts as missing."""

    def __init__(self, file: str | Path):
        environ.Env.read_env(file)
        self.variables = {name: value for name, value in os.environ.items() if value}

    def __contains__(self, name: str) -> bool:
        return name in self.variables

    def text(self, name: str, default: str = "") -> str:
        """As it is: a leading $ is no other variable's name."""
        return self.variables.get(name, default)

    def texts(self, name: str, default: list[str]) -> list[str]:
        """Several, with commas between them."""
        return [one.strip() for one in self.variables[name].split(",")] if name in self else default

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        if (said := self.text(name, default)) not in choices:
            raise ImproperlyConfigured(f"{name} is “{said}”: say one of {', '.join(choices)}.")
        return said

    def yes(self, name: str, default: bool) -> bool:
        if name not in self:
            return default
        said = self.variables[name]
        if said.lower() not in YES_OR_NO:
            raise ImproperlyConfigured(f"{name} is “{said}”: say true or false.")
        return YES_OR_NO[said.lower()]

    def number(self, name: str, default: int, least: int = 0) -> int:
        said = self.text(name, str(default))
        if not said.isdecimal() or int(said) < least:
            raise ImproperlyConfigured(f"{name} is “{said}”: say a whole number, {least} or more.")
        return int(said)

    def address(self, name: str, schemes: tuple[str, ...]) -> str:
        """An address of one of these schemes, or none. A refusal does not repeat it: passwords stand in addresses."""
        said = self.text(name)
        if said and said.partition("://")[0] not in schemes:
            raise ImproperlyConfigured(f"{name} is no address the house knows: begin it with {' or '.join(schemes)}.")
        return said

    def database(self, name: str) -> dict:
        """What Django asks to know of a database, from its address."""
        return environ.Env.db_url_config(self.address(name, ("postgres", "postgresql", "sqlite")))
