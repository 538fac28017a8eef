"""What people type wrong is answered in a sentence, in their language, beside what they typed; nothing breaks."""

import io
import json
import sys
from html import unescape

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import translation
from django.utils.html import escape

from activities.models import Delegation, Term
from tests import factories as make
from tests.doors import RECORDS, alerts, both_languages, csv_rows, enter, text, typed_in, xlsx_rows
from unionrelations.accounts.models import Union, User
from unionrelations.catalogue import ENTITIES
from unionrelations.management.commands.report import Command


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit")


@pytest.fixture
def term(union):
    return make.TermFactory(union=union)


@pytest.fixture
def administrator(union):
    return make.UserFactory(union=union, role=User.Role.ADMINISTRATOR)


def in_words_of(language, sentence) -> str:
    with translation.override(language):
        return translation.gettext(sentence)


def speaking(person, language):
    person.language = language
    person.save()
    return enter(person)


def delegation(browser, **typed):
    """A delegation typed into an empty form and sent."""
    page = browser.get("/delegations/new/")
    values = typed_in(page) | {"direction": "out", "title": "Đoàn đi Lào", "when": "01/03/2022", "status": "held"}
    return browser.post("/delegations/new/", values | typed)


BEFORE = "The last day lies before the first. Check both dates."
NO_SUCH_DAY = "“%(typed)s” is not a day of the calendar: %(month)s %(year)d has %(days)d days."
FEBRUARY = {"vi": "Tháng 2", "en": "February"}
TOO_MANY = "At most 99,999 people; check the number."
TAKEN = "Another union already has this code. Choose a different one."
BACKWARDS = "A term cannot end before it begins."
NAMED_BACKWARDS = "The second year of a term's name cannot lie before the first."
OVERLAP = "These days overlap another term of the same union. Check both terms' days."


# --- Forms: refused with the sentence, everything typed still there

MISTAKES = [
    ({"when": "05/03/2022 - 28/02/2022"}, BEFORE),
    ({"when": "31/02/2023"}, NO_SUCH_DAY),
    ({"when": "sau Tết"}, None),
    ({"when": ""}, None),
    ({"direction": "in", "guests": "-3"}, None),
    ({"direction": "in", "guests": "1234567890"}, TOO_MANY),
    ({"direction": "in", "guests": "nhiều"}, None),
    ({"guests": "3"}, "An outbound delegation has no guests; its own people stand with each union."),
    ({"rows-0-0-people": "-1"}, None),
    ({"rows-0-0-people": "9999999999"}, TOO_MANY),
    ({"rows-0-0-union": ""}, "Name at least one union of ours that took part."),
    ({"on_plan": "false"}, "Off plan: write the reason, in a few words."),
    ({"title": "", "place": ""}, None),
    ({"title": "x" * 501}, None),
]


@both_languages
@pytest.mark.parametrize(("typed", "sentence"), MISTAKES, ids=lambda one: str(one)[:40])
def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(administrator, language, typed, sentence):
    kept = {"place": "Viêng Chăn <i>", "content": "Trao đổi & ký kết", "members": "Bà Lê Thị Hoa"}
    response = delegation(speaking(administrator, language), **(kept | typed))
    assert response.status_code == 200
    assert not Delegation.objects.exists()
    page = text(response)
    if sentence:
        said = {"typed": "31/02/2023", "month": FEBRUARY[language], "year": 2023, "days": 28}
        assert in_words_of(language, sentence) % said in unescape(page)
    assert alerts(response)
    again = typed_in(response)
    for name, value in (kept | typed).items():
        assert again.get(name) == [value], name
    assert "place" in typed or 'value="Viêng Chăn &lt;i&gt;"' in page
    assert "<i>" not in page


@both_languages
def test_a_second_union_with_the_same_code_is_refused(administrator, union, language):
    browser = speaking(administrator, language)
    values = {"code": "vuit", "name": "Công đoàn khác", "kind": "industry", "parent": union.pk}
    page = browser.post("/unions/new/", values)
    assert in_words_of(language, TAKEN) in unescape(text(page))
    assert "Công đoàn khác" in text(page)
    answer = browser.post("/api/unions/", values, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, [in_words_of(language, TAKEN)])
    assert Union.objects.filter(code="vuit").count() == 1


@both_languages
@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"name": "2022-2027", "first_day": "2023-12-02", "last_day": "2027-01-01"}, OVERLAP),
        (
            {"name": "2023-2028", "first_day": "2023-12-03", "last_day": "2023-12-01"},
            "A term cannot end before it begins.",
        ),
        ({"name": "2018-2023", "first_day": "2030-01-01"}, "This union already has a term of this name."),
        (
            {"name": "2028-2023", "first_day": "2030-01-01"},
            "The second year of a term's name cannot lie before the first.",
        ),
        ({"name": "khóa XII", "first_day": "2030-01-01"}, "A term is named by its years, such as 2018-2023."),
    ],
    ids=lambda one: one["name"] if isinstance(one, dict) else "",
)
def test_form_and_endpoint_refuse_a_term_in_the_same_words(administrator, union, term, language, days, sentence):
    browser, values = speaking(administrator, language), {"union": union.pk, **days}
    said = in_words_of(language, sentence)
    assert said in unescape(text(browser.post("/terms/new/", values)))
    answer = browser.post("/api/terms/", values, "application/json")
    assert answer.status_code == 400
    assert said in [one for sentences in answer.json().values() for one in sentences]
    assert Term.objects.count() == 1


ENDPOINTS = [
    ("relations", {"kind": "established", "starts_on": "2022-03-02", "ends_on": "2022-03-01"}, BEFORE),
    ("relations", {"kind": "established", "starts_on": "31/02/2023"}, None),
    ("figures", {"low": -1, "high": -1}, None),
    ("figures", {"low": 10**20, "high": 10**20}, None),
    ("figures", {"low": 7, "high": 6}, "The bounds do not fit the qualifier"),
    ("figures", {"first_day": "2023-01-01", "last_day": "2022-01-01"}, "The period's last day lies before its first."),
    ("unions", {"code": "Công đoàn"}, "A code has small letters, figures and single hyphens only."),
    ("officers", {"name": "x" * 121}, None),
    ("officers", {"name": "a\x00b"}, None),
    ("officers", {"union": 10**20}, None),
    ("officers", {"union": "vuit"}, None),
    ("officers", {"union": [1, 2]}, None),
]


@both_languages
@pytest.mark.parametrize(("slug", "sent", "sentence"), ENDPOINTS, ids=lambda one: str(one)[:40])
def test_an_endpoint_refuses_with_a_sentence(administrator, union, language, slug, sent, sentence):
    fine = {
        "relations": {"union": union.pk},
        "figures": {
            "union": union.pk, "document": make.DocumentFactory().pk, "place": "đoạn 1", "indicator": "delegations_out",
            "low": 6, "high": 6, "printed": "6 đoàn", "period_printed": "2022", "first_day": "2022-01-01",
            "last_day": "2022-12-31",
        },
        "unions": {"code": "moi", "name": "Mới", "kind": "industry", "parent": union.pk},
        "officers": {"union": union.pk, "name": "Lan"},
    }[slug]  # fmt: skip
    browser = speaking(administrator, language)
    answer = browser.post(f"/api/{slug}/", fine | sent, "application/json")
    assert answer.status_code == 400, answer.content
    said = " ".join(str(one) for sentences in answer.json().values() for one in sentences)
    assert said
    if sentence and language == "en":
        assert sentence in said


@pytest.mark.parametrize("body", ["", "[]", "{", "null", '"x"', "[1]", '{"union": {}}', "\x00"])
def test_an_endpoint_refuses_what_is_no_record(administrator, body):
    answer = enter(administrator).post("/api/officers/", body, "application/json")
    assert answer.status_code == 400
    assert answer.json()


# --- Every rule a form can break is said by the form, in the model's own words


def test_each_unique_rule_is_the_model_s_own_sentence(administrator, union, term):
    browser = enter(administrator)
    document = make.DocumentFactory(code="bao-cao")
    figure = make.FigureFactory(union=union, document=document)
    partner = make.PartnerFactory(code="lftu")
    twice = {
        "documents": ({"code": "bao-cao", "title": "x", "kind": "article", "language": "vi"}, "code"),
        "partners": ({"code": "lftu", "name": "x", "kind": partner.kind}, "Another partner already has this code."),
        "officers": ({"union": union.pk, "name": "Lan"}, "This union already has an officer of this name."),
        "figures": (
            {
                name: getattr(figure, f"{name}_id", None) or getattr(figure, name)
                for name in ("document", "union", "place", "indicator", "qualifier", "low", "high", "printed",
                             "first_day", "last_day", "period_printed")
            },
            "This figure is already entered from this place of the document.",
        ),
        "plans": (
            {"union": union.pk, "title": "Kế hoạch", "first_day": "2022-01-01", "last_day": "2022-12-31"},
            "This union already has a plan of this title.",
        ),
    }  # fmt: skip
    for slug in ("officers", "plans"):
        rows = {"rows-0-TOTAL_FORMS": 0, "rows-0-INITIAL_FORMS": 0}
        assert browser.post(f"/{slug}/new/", twice[slug][0] | rows).status_code == 302, slug
    for slug, (values, sentence) in twice.items():
        rows = {"rows-0-TOTAL_FORMS": 0, "rows-0-INITIAL_FORMS": 0}
        response = browser.post(f"/{slug}/new/", values | rows)
        assert response.status_code == 200, slug
        said = alerts(response).lower() if slug == "documents" else alerts(response)
        if slug == "documents":
            assert said
        else:
            assert in_words_of("vi", sentence) in said, slug
            answer = browser.post(f"/api/{slug}/", values, "application/json")
            assert in_words_of("vi", sentence) in json.dumps(answer.json(), ensure_ascii=False), slug


# --- Words that look like something else stay words

STRANGE = '=1+1 <script>alert(1)</script> 🤝 «Hợp tác» & "đoàn kết" ' + "Việt Nam – Lào " * 11


@both_languages
def test_strange_titles_stay_words_from_the_form_to_the_file(administrator, language):
    browser = speaking(administrator, language)
    title = STRANGE[:200].strip()
    assert delegation(browser, title=title, members=title[:100]).status_code == 302
    one = Delegation.objects.get()
    assert one.title == title
    for page in ("/delegations/", f"/delegations/{one.pk}/", f"/delegations/{one.pk}/edit/", "/", "/search/?q=alert"):
        shown = text(browser.get(page))
        assert "<script>alert" not in shown, page
        assert escape(title) in shown or title in unescape(shown), page
    (row,) = xlsx_rows(browser.get("/delegations/", {"format": "xlsx"}))
    assert row[0] == title
    (row,) = csv_rows(browser.get("/delegations/", {"format": "csv"}))
    assert row[0] == f"'{title}"  # what a spreadsheet would otherwise take for a formula
    assert browser.get(f"/api/delegations/{one.pk}/").json()["title"] == title
    found = browser.get("/delegations/", {"q": "viet nam lao"})
    assert found.context["total"] == 1


# --- Two people edit one record


def test_the_second_to_save_is_told_by_whom_and_what_and_then_goes_through(administrator, union):
    colleague = make.UserFactory(union=union, username="hoa", first_name="Hoa", last_name="Lê", language="vi")
    assert delegation(enter(administrator)).status_code == 302
    one = Delegation.objects.get()
    page = f"/delegations/{one.pk}/edit/"
    first, second = enter(colleague), enter(administrator)
    seen_by_first, seen_by_second = typed_in(first.get(page)), typed_in(second.get(page))
    assert first.post(page, seen_by_first | {"place": "Luông Pha-băng"}).status_code == 302
    told = second.post(page, seen_by_second | {"place": "Viêng Chăn", "note": "Đã gọi điện"})
    assert told.status_code == 200
    shown = unescape(text(told))
    assert "hoa" in alerts(told)
    assert "Luông Pha-băng" in shown
    assert typed_in(told)["place"] == ["Viêng Chăn"]
    assert typed_in(told)["note"] == ["Đã gọi điện"]
    assert Delegation.objects.get().place == "Luông Pha-băng"
    assert second.post(page, typed_in(told)).status_code == 302
    one = Delegation.objects.get()
    assert (one.place, one.note, one.changed_by) == ("Viêng Chăn", "Đã gọi điện", administrator)


@pytest.mark.parametrize("slug", [entity.slug for entity in ENTITIES if entity.form])
def test_every_form_goes_through_after_an_edit_that_changed_nothing_in_it(administrator, union, slug):
    record = RECORDS[slug](union)
    browser, page = enter(administrator), f"/{slug}/{record.pk}/edit/"
    typed = typed_in(browser.get(page))
    type(record).objects.get(pk=record.pk).save()
    assert browser.post(page, typed).status_code == 302


# --- Addresses people or machines make up

GARBAGE = ["\x00", "''--", "999999999999999999999999", "-1", "😀", "a" * 3000, "[]", "1,2", "%", "..", "NaN"]
READ_ALIKE = {"''--", "😀", "[]", "1,2", "%", ".."}  # by both databases, as words
each_garbage = pytest.mark.parametrize(
    "garbage",
    [pytest.param(one, marks=[pytest.mark.one_database] if one in READ_ALIKE else []) for one in GARBAGE],
    ids=lambda one: ascii(one)[:12],
)


@pytest.mark.parametrize("slug", [entity.slug for entity in ENTITIES])
@each_garbage
def test_no_address_breaks_a_list(administrator, union, slug, garbage):
    entity = next(one for one in ENTITIES if one.slug == slug)
    browser = enter(administrator)
    names = [*entity.filterset.base_filters, "page", "sort", "per_page", "format", "figure", "no_such_filter"]
    doors = (f"/{slug}/", f"/api/{slug}/")  # both read one filter set
    # Each name meets every fourth sort of garbage, in each list other ones: filters of one kind stand in many lists.
    for place, name in enumerate(names, GARBAGE.index(garbage) + ENTITIES.index(entity)):
        if place % 4 == 0:
            door = doors[place // 4 % 2]
            status = browser.get(door, {name: garbage}).status_code
            assert status in (200, 400, 404), (door, name)
    every = dict.fromkeys(names, garbage)
    assert browser.get(f"/{slug}/", every).status_code in (200, 400, 404)
    figure = {"figure": "delegations_out", "union": garbage, "since": garbage, "until": garbage, "under": garbage}
    assert browser.get(f"/{slug}/", figure).status_code == 400
    assert browser.get(f"/{slug}/", figure | {"union": "vuit"}).status_code == 400


@each_garbage
def test_no_address_breaks_a_page(administrator, union, term, garbage):
    browser = enter(administrator)
    if garbage == "\x00":
        for address in ("/search/?q=%00", "/reports/?union=%00", "/files/%00", "/delegations/?union=%00"):
            assert browser.get(address).status_code == 400, address
        assert browser.post("/reports/files/", {"union": garbage}).status_code == 400
        return
    assert browser.get("/search/", {"q": garbage}).status_code == 200
    assert browser.get("/reports/", {"union": garbage, "term": garbage}).status_code in (200, 404)
    assert browser.get("/reports/vuit/", {"from": garbage, "to": garbage}).status_code == 400
    assert browser.get("/reports/vuit/", {"from": "2022-01-01", "to": garbage}).status_code == 400
    assert browser.get("/reports/vuit/2018-2023/", {"under": garbage}).status_code == 200
    assert browser.get("/reports/vuit/2018-2023/", {"format": garbage}).status_code == 400
    assert browser.post("/reports/files/", {"union": garbage}).status_code == 404
    asked = {"union": "vuit", "format": "xlsx"}
    assert browser.post("/reports/files/", asked | {"term": garbage}).status_code == 404
    assert browser.post("/reports/files/", asked | {"from": garbage}).status_code == 400
    assert browser.post("/reports/files/", asked | {"term": "2018-2023", "format": garbage}).status_code == 400
    assert browser.get(f"/files/{garbage.replace('%', '%25')}").status_code == 404
    assert browser.post("/delegations/new/", {"add_row": garbage}).status_code in (200, 400)
    assert browser.post("/delegations/new/", {"rows-0-TOTAL_FORMS": garbage}).status_code in (200, 400)


@both_languages
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"from": "31/02/2023"}, "“%(typed)s” is not a day. Write it as year-month-day, such as 2023-02-28."),
        ({"from": "2023-02-01", "to": "2023-01-01"}, "The period ends before it begins."),
        ({}, "The address needs the first day of the period."),
    ],
    ids=str,
)
def test_a_report_s_address_is_refused_with_a_sentence(administrator, union, language, asked, sentence):
    page = speaking(administrator, language).get("/reports/vuit/", asked)
    assert page.status_code == 400
    assert in_words_of(language, sentence) % {"typed": asked.get("from")} in unescape(text(page))


def test_days_at_the_edge_of_the_calendar_are_days(administrator, union, term):
    browser = enter(administrator)
    for asked in ({"from": "0001-01-01"}, {"from": "9999-12-31"}, {"from": "0001-01-01", "to": "9999-12-31"}):
        for form in ("", "json", "xlsx"):
            assert browser.get("/reports/vuit/", asked | ({"format": form} if form else {})).status_code == 200


# --- The report command: 1 with a reason where it is refused, 2 where it is used wrongly


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs `manage.py report …` as from a shell; gives (exit code, what it said on stderr)."""
    monkeypatch.setattr(connections, "close_all", lambda: None)  # the test still needs its own

    def _run(*arguments):
        monkeypatch.setattr(sys, "argv", ["manage.py", "report"])
        try:
            Command().run_from_argv(["manage.py", "report", *arguments])
        except SystemExit as end:
            return end.code or 0, capsys.readouterr().err
        return 0, capsys.readouterr().err

    return _run


REFUSED = [
    (["no-such-union", "--term", "2018-2023"], "No union has the code “%(code)s”.", {"code": "no-such-union"}),
    (["vuit", "--from", "2023-02-01", "--to", "2023-01-01"], "The period ends before it begins.", {}),
    (
        ["vuit", "--term", "1999-2004"],
        "%(union)s has no term “%(term)s”; it reports by: %(known)s.",
        {"term": "1999-2004", "known": "2018-2023"},
    ),
]
NOT_A_DAY = "“%(typed)s” is not a day. Write it as year-month-day, such as 2023-02-28."
ONE_PERIOD = "Give either --term or --from, with --to where the period ends."
MISTYPED = [
    (["--from", "31/02/2023"], NOT_A_DAY, {"typed": "31/02/2023"}),
    (["--from", "2023-01-01", "--to", "2023-02-31"], NOT_A_DAY, {"typed": "2023-02-31"}),
    (["--to", "2023-01-01"], ONE_PERIOD, {}),
    (["--term", "2018-2023", "--from", "2023-01-01"], ONE_PERIOD, {}),
    (["--term", "2018-2023", "--to", "2023-01-01"], "--to goes with --from; a term has its own last day.", {}),
]
MISUSED = [
    [],
    ["vuit"],
    ["vuit", "--term", "2018-2023", "--from", "2023-01-01"],
    ["vuit", "--term", "2018-2023", "--to", "2023-01-01"],
    ["vuit", "--to", "2023-01-01"],
    ["vuit", "--from", "31/02/2023"],
    ["vuit", "--from", "hôm qua"],
    ["vuit", "--from", "2023-01-01", "--to", "2023-13-01"],
    ["vuit", "--term", "2018-2023", "--format", "odt"],
    ["vuit", "--term", "2018-2023", "--lang", "fr"],
    ["vuit", "--term", "2018-2023", "--no-such-option"],
]


@both_languages
@pytest.mark.parametrize(("arguments", "sentence", "words"), REFUSED, ids=lambda one: str(one)[:30])
def test_a_refused_report_says_why_in_one_line(run, union, term, language, arguments, sentence, words):
    code, said = run(*arguments, "--lang", language)
    assert code == 1
    assert said.strip().count("\n") == 0
    with translation.override(language):
        words = {"union": str(union)} | words
    assert in_words_of(language, sentence) % words in said


@pytest.mark.parametrize("arguments", MISUSED, ids=lambda one: " ".join(one) or "nothing")
def test_a_report_command_used_wrongly_ends_with_two(run, union, term, arguments):
    code, said = run(*arguments)
    assert code == 2
    assert "usage:" in said
    assert "Traceback" not in said


@both_languages
@pytest.mark.parametrize(("arguments", "sentence", "words"), MISTYPED, ids=lambda one: str(one)[:40])
def test_a_mistyped_report_is_refused_in_the_reader_s_language(run, union, term, language, arguments, sentence, words):
    code, said = run("vuit", *arguments, "--lang", language)
    assert code == 2
    assert in_words_of(language, sentence) % words in said


def test_a_term_may_be_named_as_pages_print_it(run, union, term):
    assert run("vuit", "--term", "2018–2023") == (0, "")


def test_a_file_that_cannot_be_written_is_a_refusal(union, term, tmp_path):
    with pytest.raises(CommandError, match="no-such-folder"):
        call_command("report", "vuit", term="2018-2023", output=tmp_path / "no-such-folder" / "x", stdout=io.StringIO())
