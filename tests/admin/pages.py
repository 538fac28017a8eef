"""Admin pages as a person meets them: what a form holds, and sending it back."""

from __future__ import annotations

from html.parser import HTMLParser

from django.urls import reverse


def address(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


class _Fields(HTMLParser):
    """The controls of the record's own form, by name."""

    def __init__(self):
        super().__init__()
        self.values: dict[str, str] = {}
        self._inside = False
        self._select = self._text = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("id", "").endswith("_form") and given["id"] not in ("logout-form",)
        if not self._inside or "disabled" in given:
            return
        name = given.get("name")
        if tag == "input" and name and given.get("type") not in ("submit", "file", "button"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.values[name] = given.get("value", "on" if given.get("type") == "checkbox" else "")
        elif tag == "select":
            self._select = name
            self.values[name] = ""
        elif tag == "option" and self._select and "selected" in given:
            self.values[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._text = name
            self.values[name] = ""

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None
        elif tag == "form":
            self._inside = False

    def handle_data(self, data):
        if self._text:
            self.values[self._text] += data


def fields(response) -> dict[str, str]:
    parser = _Fields()
    parser.feed(response.content.decode())
    return parser.values


def row(values: dict[str, str], prefix: str, **wanted) -> str:
    """The prefix of the inline's row that holds these values."""
    for at in range(int(values[f"{prefix}-TOTAL_FORMS"])):
        if all(values.get(f"{prefix}-{at}-{name}") == str(value) for name, value in wanted.items()):
            return f"{prefix}-{at}"
    raise AssertionError(f"No row of {prefix} holds {wanted}: {values}")


def add_row(values: dict[str, str], prefix: str, **given) -> None:
    at = int(values[f"{prefix}-TOTAL_FORMS"])
    values[f"{prefix}-TOTAL_FORMS"] = str(at + 1)
    values |= {f"{prefix}-{at}-{name}": str(value) for name, value in given.items()}


def text(response) -> str:
    return response.content.decode()


def found(client, model, field, words) -> list[str]:
    """What autocomplete offers for a relation."""
    asked = {
        "app_label": model._meta.app_label,
        "model_name": model._meta.model_name,
        "field_name": field,
        "term": words,
    }
    return [one["text"] for one in client.get(reverse("admin:autocomplete"), asked).json()["results"]]
