"""What the templates say often: an icon, a number, a form control, the filters in force.

Knows the drawings and the style sheet's class names. Never knows an entity, a reader or a database.
"""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.forms import TypedChoiceField, widgets
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from unionrelations.kit.choosing import Records
from unionrelations.kit.money import money as in_figures
from unionrelations.kit.money import rounded
from unionrelations.web.asked import Chip, chips_of, parameters, tidy

register = template.Library()

DRAWING = re.compile(r'<symbol id="(?P<name>[\w-]+)"[^>]*>(?P<lines>.*?)</symbol>', re.DOTALL)
LONG = 200  # characters of a line that wants the whole width
FEW = 4  # up to so many choices stand side by side, more stand in a list


@cache
def drawings() -> dict[str, str]:
    """Every icon's lines by its name, read once from the one file that holds them."""
    text = (Path(settings.BASE_DIR) / "templates/ui/icons.svg").read_text(encoding="utf-8")
    return {found["name"]: found["lines"] for found in DRAWING.finditer(text)}


@register.simple_tag
@cache
def icon(name: str, size: str = "", tone: str = "") -> str:
    """The icon `name` as decoration, inline; `size` "s" or "l", `tone` "late" or "warn", always beside the word.

    A name nobody drew is a mistake: KeyError.
    """
    shape = " ".join(filter(None, ("ico", size and f"ico-{size}", tone and f"is-{tone}")))
    lines = mark_safe(drawings()[name])  # noqa: S308 the lines come from our own file
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', shape, lines)


@register.filter
def figure(value: int | None) -> str:
    """A number with the reader's thousands separator; None is unknown, which is neither 0 nor blank."""
    if value is None:
        return format_html('<span class="unknown">{}</span>', _("not known"))
    return number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def money(amount) -> str:
    """An amount of money without decimals it does not have; None is unknown."""
    return figure(None) if amount is None else in_figures(amount)


@register.filter
def dong(amount) -> str:
    """An amount of đồng, rounded to the whole one where it is shown."""
    return money(rounded(amount))


@register.filter
def number(value) -> str:
    """A number of people, of records or of money, whichever it is."""
    return money(value) if isinstance(value, Decimal) else figure(value)


@register.filter
def nth(number: int, rows):
    """The row of this number, counted from 0."""
    return rows[number]


@register.filter
def control_kind(bound) -> str:
    """Which markup a bound field wants: hidden, check, few, many, file, short, several or plain."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, widgets.CheckboxInput):
        return "check"
    if isinstance(widget, widgets.CheckboxSelectMultiple):
        return "many"
    if isinstance(widget, widgets.RadioSelect):
        return "few" if len(list(widget.choices)) <= FEW else "many"
    if isinstance(widget, widgets.FileInput):
        return "file"
    if _is_short(bound):
        return "short"
    return "several" if isinstance(widget, widgets.MultiWidget) else "plain"


def _is_short(bound) -> bool:
    """Whether one of a few words must be chosen, so that all can stand side by side."""
    fixed = isinstance(bound.field, TypedChoiceField) and type(bound.field.widget) is widgets.Select
    return fixed and bound.field.required and len(words_of(bound)) <= FEW


@register.filter
def words_of(bound) -> list[dict]:
    """The choices of such a field, without the empty one, each with its id and whether it is chosen."""
    chosen, known = str(bound.value()), [one for one in bound.field.choices if one[0] not in (None, "")]
    return [
        {"id": f"{bound.auto_id}_{number}", "value": value, "words": words, "is_chosen": str(value) == chosen}
        for number, (value, words) in enumerate(known)
    ]


@register.filter
def control(bound) -> str:
    """The field's control with the style sheet's class; what a screen reader needs, Django adds itself."""
    widget = bound.field.widget
    if isinstance(widget, widgets.CheckboxInput):
        shape = "form-check-input"
    elif isinstance(widget, widgets.Select):
        shape = "form-select"
    else:
        shape = "form-control"
    own = widget.attrs.get("class", "")
    late = "is-late" if bound.errors else ""
    return bound.as_widget(attrs={"class": " ".join(filter(None, (shape, own, late)))})


@register.simple_tag
def options(groups) -> str:
    """The choices of a list as Django writes them; hundreds of them, each a template, would take most of a page."""
    return mark_safe("".join(_group(label, some) for label, some, _index in groups))  # noqa: S308  each part is escaped


def _group(label, some) -> str:
    lines = "".join(
        f'<option value="{conditional_escape(str(one["value"]))}"{flatatt(one["attrs"]) if one["attrs"] else ""}>'
        f"{conditional_escape(one['label'])}</option>\n"
        for one in some
    )
    return format_html('<optgroup label="{}">{}</optgroup>', label, mark_safe(lines)) if label else lines  # noqa: S308


@register.filter
def is_wide(bound) -> bool:
    """Whether the field wants the whole width of its row: prose, and lines of text that run long."""
    long = isinstance(bound.field.widget, widgets.TextInput) and (getattr(bound.field, "max_length", 0) or 0) > LONG
    many = isinstance(bound.field.widget, widgets.SelectMultiple) and not isinstance(bound.field, Records)
    return long or many or isinstance(bound.field.widget, widgets.Textarea)


@register.filter
def any_errors(bounds) -> bool:
    """Whether one of these fields was refused, so that its fold stands open."""
    return any(bound.errors for bound in bounds)


@register.filter
def list_address(slug: str) -> str:
    """Where the list of an entity stands, by its slug."""
    return reverse(f"{slug}-list")


@register.simple_tag(takes_context=True)
def active_filters(context, filterset) -> list[Chip]:
    """The filters in force, each with its words and the address of the list without it."""
    return chips_of(filterset, context["request"].GET)


@register.simple_tag(takes_context=True)
def kept_parameters(context, filterset) -> list[tuple[str, str]]:
    """What the address holds besides the filter bar's own fields, to be carried along by it; the page number is not."""
    own = set().union(*(parameters(bound) for bound in filterset.form))
    return [
        (name, value) for name, values in tidy(context["request"].GET).lists() if name not in own for value in values
    ]


@register.simple_tag
def any_partly(figures) -> list:
    """The figures that have published numbers whose period lies only partly within the report's."""
    return [one for one in figures if one.partly]


@register.simple_tag
def any_row_errors(groups) -> list[dict]:
    """The groups of rows of a form in which something is wrong; none before anything was sent."""
    return [
        group
        for group in groups or ()
        if group["formset"].is_bound and (any(group["formset"].errors) or group["formset"].non_form_errors())
    ]
