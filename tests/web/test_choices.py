"""Lists of choices are written at once; they say what Django's own templates say, and no name becomes markup."""

import pytest
from django.forms import Select, SelectMultiple
from django.template import Context, Template
from django.utils.html import format_html

from tests import factories as make
from tests.doors import enter, text
from unionrelations.web.templatetags.ui import options

WORDS = '<script>alert("1")</script> & "Đoàn\' ra'
CHOICES = [
    ("", "---"),
    (WORDS, WORDS),
    ("2", format_html("<b>{}</b>", "2")),
    (3, "ba"),
    (WORDS, [("4", WORDS), ("5", "năm")]),
]
DJANGOS = Template(
    "{% for label, some, index in groups %}{% if label %}<optgroup label=\"{{ label }}\">{% endif %}"
    "{% for widget in some %}{% include widget.template_name %}\n{% endfor %}"
    "{% if label %}</optgroup>{% endif %}{% endfor %}"
)  # fmt: skip


def parts(markup) -> list[str]:
    return [one.strip() for one in str(markup).replace(">", ">\n").split("\n") if one.strip()]


@pytest.mark.parametrize("chosen", ["", WORDS, "3", "5"])
def test_choices_read_as_django_writes_them(chosen):
    for widget, value in ((Select(choices=CHOICES), [chosen]), (SelectMultiple(choices=CHOICES), [chosen, "2"])):
        groups = widget.optgroups("name", value)
        assert parts(options(groups)) == parts(DJANGOS.render(Context({"groups": groups})))


def test_no_name_becomes_markup():
    markup = options(Select(choices=CHOICES).optgroups("name", [WORDS]))
    assert "<script" not in markup
    assert markup.count("&lt;script&gt;") == 4  # value and words of one, words of another, and a heading
    assert markup.count(" selected") == 1


def test_no_name_becomes_markup_in_a_list_or_its_filters(db):
    union = make.UnionFactory(code="tren", name=WORDS)
    partner = make.PartnerFactory(name=f"Đối tác {WORDS}")
    make.DelegationFactory(title=f"Đoàn {WORDS}", unions=[(union, 1)], partners=[partner])
    page = text(enter(make.UserFactory(union=union)).get("/delegations/"))
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert") >= 4  # the row: title, union, partner; the filter's choice of partners
