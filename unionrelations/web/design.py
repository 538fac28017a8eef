"""The design language as a living page: every component, rendered by the templates and the style sheets pages use.

What stands here is invented and stands for nobody. Never asks the database for a record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import django_tables2 as tables
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from activities.entities.common import ActivityTable
from activities.models import Activity
from unionrelations.kit.drawing import Bars, Column, Mark, Place, Series, WorldMap
from unionrelations.kit.forms import NamedSelectMultiple
from unionrelations.kit.tables import PeopleColumn

from .context import THEMES
from .templatetags.ui import drawings

TOKEN = re.compile(r"--(?P<name>[\w-]+):\s*(?P<value>[^;]+);")
COLOUR = re.compile(r"#[0-9a-f]{3,8}")
SIZE = re.compile(r"t-\w+")


@dataclass(frozen=True)
class Token:
    name: str
    value: str


@cache
def tokens() -> tuple[Token, ...]:
    """What the one sheet of tokens says for the light; the dark has the same names."""
    sheet = (Path(settings.BASE_DIR) / "static/tokens.css").read_text(encoding="utf-8")
    light = sheet.partition('[data-bs-theme="dark"]')[0]
    return tuple(
        Token(one["name"], one["value"]) for one in TOKEN.finditer(light) if not one["name"].startswith("tblr")
    )


class SampleForm(forms.Form):
    """One of each control."""

    title = forms.CharField(label=pgettext_lazy("of an activity", "title"), help_text=_("A hint says what helps."))
    mode = forms.TypedChoiceField(label=_("mode"), choices=Activity.Mode.choices)
    status = forms.ChoiceField(label=_("status"), choices=Activity.Status.choices)
    day = forms.DateField(label=_("starts on"), required=False)
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        choices=[("LA", "Lào"), ("KH", "Campuchia"), ("BE", "Bỉ")],
        widget=NamedSelectMultiple,
        required=False,
    )
    on_plan = forms.BooleanField(label=_("on plan"), required=False)
    content = forms.CharField(label=_("purpose and content"), widget=forms.Textarea(attrs={"rows": 3}), required=False)


class SampleTable(tables.Table):
    title = tables.Column(verbose_name=_("Activity"), attrs={"td": {"class": "first"}})
    when = tables.Column(verbose_name=_("Date"))
    people = PeopleColumn(verbose_name=_("People"))
    status = tables.Column(verbose_name=_("Status"))

    def render_status(self, value):
        return format_html(
            '<span class="pill {}">{}</span>', ActivityTable.PILLS.get(value, ""), Activity.Status(value).label
        )

    class Meta:
        template_name = "ui/table.html"
        orderable = False


ROWS = (
    {"title": "Đoàn A (ví dụ)", "when": "06–10/11/2023", "people": 6, "status": "held"},
    {"title": "Đoàn B (ví dụ)", "when": "6/2022", "people": None, "status": "approved"},
    {"title": "Đoàn C (ví dụ)", "when": "2021", "people": 1909, "status": "cancelled"},
)


def charts() -> list[Bars | WorldMap]:
    """Bars that stand, bars that lie, the world, and one with nothing to show; every number is invented."""
    here = "#drawings"
    kinds = (
        Series("out", gettext("outbound delegation"), "c-out"),
        Series("in", gettext("inbound delegation"), "c-in"),
        Series("conf", gettext("conference"), "c-conf"),
        Series("course", gettext("course"), "c-course"),
        Series("vague", gettext("undetermined"), "c-vague"),
    )
    years = {"2020": (4, 3, 5, 3, 0), "2021": (3, 6, 4, 4, 3), "2022": (8, 5, 6, 5, 0), "2023": (9, 12, 8, 6, 4)}
    standing = tuple(
        Column(year, tuple(Mark(value, here, kind.key) for value, kind in zip(values, kinds, strict=True)), here)
        for year, values in years.items()
    )
    unions = {
        "Công đoàn A (ví dụ)": 1909,
        "Công đoàn ngành B có tên rất dài, dài hơn một dòng của bản vẽ này (ví dụ)": 640,
        "Liên đoàn Lao động tỉnh C (ví dụ)": 12,
    }
    lying = tuple(Column(name, (Mark(value, here),)) for name, value in unions.items())
    places = {
        "LA": ("Lào", 25),
        "KH": ("Campuchia", 12),
        "SG": ("Singapore", 3),
        "BE": ("Bỉ", 2),
        "JP": ("Nhật Bản", 7),
    }
    return [
        Bars(gettext("Years (invented)"), standing, kinds),
        Bars(gettext("Unions (invented)"), lying, (Series("", gettext("person-trips"), "c-one"),), lying=True),
        WorldMap(gettext("Countries (invented)"), tuple(Place(code, *one, here) for code, one in places.items())),
        Bars(gettext("An empty drawing"), (), kinds),
    ]


@require_safe
def page(request):
    """Both lights have an address: `?theme=light` and `?theme=dark`."""
    refused = SampleForm({"refused-title": "", "refused-day": "31/02/2023"}, prefix="refused")
    context = {
        "colours": [one for one in tokens() if COLOUR.fullmatch(one.value)],
        "sizes": [one for one in tokens() if SIZE.fullmatch(one.name)],
        "icons": sorted(drawings()),
        "form": SampleForm(initial={"mode": "in_person", "countries": ["LA"]}),
        "refused": [refused["title"], refused["day"]],
        "table": SampleTable(ROWS),
        "turning": Paginator(range(120), 50).page(2),
        "themes": THEMES,
        "charts": charts(),
        "statuses": [(ActivityTable.PILLS.get(key, ""), label) for key, label in Activity.Status.choices],
    }
    return render(request, "design/page.html", context)
