"""Reads the environment's variables, and refuses in one sentence what it would have to guess. Never knows a setting."""

import os
from datetime import datetime
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

YES_OR_NO = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False}


def kept_secret_key(file: Path) -> str:
    """The secret key of a machine that nobody configured: made once, readable by its owner alone."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key())
        try:
            os.link(draft, file)  # atomic: of several processes starting together, all read the first one's key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text()


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

    def day_of_year(self, name: str, default: str) -> tuple[int, int]:
        """A day that every year has, written as people do: "15/12"; gives month and day."""
        said = self.text(name, default)
        try:
            found = datetime.strptime(f"{said}/2023", "%d/%m/%Y")
        except ValueError:
            raise ImproperlyConfigured(f"{name} is “{said}”: say a day and a month, such as 15/12.") from None
        return found.month, found.day

    def address(self, name: str, schemes: tuple[str, ...]) -> str:
        """An address of one of these schemes, or none. A refusal does not repeat it: passwords stand in addresses."""
        said = self.text(name)
        if said and said.partition("://")[0] not in schemes:
            raise ImproperlyConfigured(f"{name} is no address the house knows: begin it with {' or '.join(schemes)}.")
        return said

    def keys(self, name: str, begins: str) -> list[str]:
        """Secret keys with commas between them. A refusal does not repeat them."""
        said = [one for one in self.texts(name, []) if one]
        if any(not one.startswith(begins) for one in said):
            raise ImproperlyConfigured(f"{name} is no key the house knows: keys begin with {begins}.")
        return said

    def mail(self, name: str, default: str) -> dict:
        """Django's settings of a mail server, from its address."""
        return environ.Env.email_url_config(self.address(name, tuple(environ.Env.EMAIL_SCHEMES)) or default)

    def database(self, name: str) -> dict:
        """What Django asks to know of a database, from its address."""
        return environ.Env.db_url_config(self.address(name, ("postgres", "postgresql", "sqlite")))
