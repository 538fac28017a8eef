"""Lists of choices are written at once; they say what Django's own templates say, and no name becomes markup."""

import pytest
from django.forms import Select, SelectMultiple
from django.template import Context, Template
from django.utils.html import format_html

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
