"""Every text the interface shows is translated, and translated well: complete, whole, current, and no English left.

Holds as well the texts that libraries show and have in no or in clumsy Vietnamese. Collecting reads them here, since it
passes over every folder called `locale`; so both catalogues keep them.
"""

import json
import re
import unicodedata
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

from activities.models import Activity, ActivityScope, SourceLink, Term
from activities.reports.reports import Report
from tests.doors import enter, text
from tests.seeded import seed
from unionrelations.accounts.models import Union, User
from unionrelations.catalogue import ENTITIES

# fmt: off
# As the libraries write them. One that no library writes any longer fails a test below.
BORROWED = (
    # Django: forms and the rules of fields
    _("That page number is not an integer"), _("That page number is less than 1"), _("That page contains no results"),
    _("Enter a valid value."), _("Enter a valid URL."), _("Enter a valid email address."),
    _("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    _("Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens."),
    _("Enter a valid integer."), _("Enter a number."), _("Enter a whole number."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "n",
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "n",
    ),
    ngettext_lazy(
        "Ensure this filename has at most %(max)d character (it has %(length)d).",
        "Ensure this filename has at most %(max)d characters (it has %(length)d).",
        "n",
    ),
    _("File extension “%(extension)s” is not allowed. Allowed extensions are: %(allowed_extensions)s."),
    _("Null characters are not allowed."), _("Constraint “%(name)s” is violated."),
    _("%(model_name)s with this %(field_labels)s already exists."),
    _("%(model_name)s with this %(field_label)s already exists."),
    _("%(model)s instance with %(field)s %(value)r is not a valid choice."),
    _("Value %(value)r is not a valid choice."), _("This field cannot be null."), _("This field cannot be blank."),
    _("This field is required."), _("“%(value)s” value must be either True or False."),
    _("“%(value)s” value must be either True, False, or None."), _("“%(value)s” value must be an integer."),
    _("“%(value)s” value has an invalid date format. It must be in YYYY-MM-DD format."),
    _("“%(value)s” value has the correct format (YYYY-MM-DD) but it is an invalid date."), _("Enter a valid date."),
    _("Enter a valid time."), _("Enter a valid date/time."), _("Enter a complete value."), _("Enter a list of values."),
    _("No file was submitted. Check the encoding type on the form."), _("No file was submitted."),
    _("The submitted file is empty."), _("Please either submit a file or check the clear checkbox, not both."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."), _("“%(pk)s” is not a valid value."),
    _("(Hidden field %(name)s) %(error)s"),
    _(
        "ManagementForm data is missing or has been tampered with. Missing fields: %(field_names)s. You may need to "
        "file a bug report if the issue persists."
    ),
    ngettext_lazy("Please submit at most %(num)d form.", "Please submit at most %(num)d forms.", "n"),
    ngettext_lazy("Please submit at least %(num)d form.", "Please submit at least %(num)d forms.", "n"),
    _("Please correct the duplicate data for %(field)s."),
    _("Please correct the duplicate data for %(field)s, which must be unique."),
    _("Please correct the duplicate values below."), _("The inline value did not match the parent instance."),
    _("Clear"), _("Currently"), _("Change"), _("Unknown"), _("Yes"), _("No"), _("yes,no,maybe"), _("and"),
    ngettext_lazy("%(num)d year", "%(num)d years", "n"), ngettext_lazy("%(num)d month", "%(num)d months", "n"),
    ngettext_lazy("%(num)d week", "%(num)d weeks", "n"), ngettext_lazy("%(num)d day", "%(num)d days", "n"),
    ngettext_lazy("%(num)d hour", "%(num)d hours", "n"), ngettext_lazy("%(num)d minute", "%(num)d minutes", "n"),
    # Django: the back office
    _("All"), _("Any date"), _("Today"), _("Past 7 days"), _("This month"), _("This year"), _("No date"), _("Has date"),
    _("Empty"), _("Not empty"), _("Site administration"), _("Django administration"), _("Django site admin"),
    _("%(app)s administration"), _("Log in"), _("Log out"), _("Log in again"), _("Welcome,"), _("View site"),
    _("View on site"), _("Change password"), _("Documentation"), _("Add"), _("View"), _("Close"), _("Filter"),
    _("History"), _("Go"), _("Save and add another"), _("Save and continue editing"), _("Save and view"),
    _("Save as new"), _("Add %s"), _("Change %s"), _("View %s"), _("Select %s"), _("Select %s to change"),
    _("Select %s to view"), _("Add another %(verbose_name)s"), _("Add another %(model)s"),
    _("Change selected %(model)s"), _("View selected %(model)s"), _("Delete selected %(model)s"),
    _("Models in the %(name)s application"), _("You don’t have permission to view or edit anything."),
    _("Recent actions"), _("My actions"), _("None available"), _("Unknown content"), _("Added:"), _("Changed:"),
    _("Deleted:"), _("Error:"), _("Action:"), _("Run the selected action"), _("Select this object for an action - {}"),
    _("Select all objects on this page for an action"), _("Click here to select the objects across all pages"),
    _("Select all %(total_count)s %(module_name)s"), _("Clear selection"), _("0 of %(cnt)s selected"),
    ngettext_lazy("%(total_count)s selected", "All %(total_count)s selected", "n"),
    ngettext_lazy("%(counter)s result", "%(counter)s results", "n"), _("%(full_result_count)s total"),
    _("Items must be selected in order to perform actions on them. No items have been changed."),
    _("No action selected."),
    ngettext_lazy("%(count)s %(name)s was changed successfully.", "%(count)s %(name)s were changed successfully.", "n"),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("You may edit it again below."), _("The %(name)s “%(obj)s” was deleted successfully."),
    _("Successfully deleted %(count)d %(items)s."),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    ngettext_lazy("Please correct the error below.", "Please correct the errors below.", "n"),
    _("Delete selected %(verbose_name_plural)s"), _("Cannot delete %(name)s"), _("Delete multiple objects"),
    _("Delete?"), _("Summary"), _("Objects"), _("Yes, I’m sure"), _("No, take me back"),
    _(
        "Are you sure you want to delete the %(object_name)s \"%(escaped_object)s\"? All of the following related "
        "items will be deleted:"
    ),
    _(
        "Are you sure you want to delete the selected %(objects_name)s? All of the following objects and their related "
        "items will be deleted:"
    ),
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would result in deleting related objects, but your account "
        "doesn't have permission to delete the following types of objects:"
    ),
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would require deleting the following protected related "
        "objects:"
    ),
    _(
        "Deleting the selected %(objects_name)s would result in deleting related objects, but your account doesn't "
        "have permission to delete the following types of objects:"
    ),
    _("Deleting the selected %(objects_name)s would require deleting the following protected related objects:"),
    _(" By %(filter_title)s "), _("Hide counts"), _("Show counts"), _("All dates"), _("Remove from sorting"),
    _("Sorting priority: %(priority_number)s"), _("Toggle sorting"), _("Lookup"), _("Date:"), _("Time:"),
    _("Currently:"), _("Change:"), _("Hold down “Control”, or “Command” on a Mac, to select more than one."),
    _("Popup closing…"), _("Date/time"), _("User"), _("Action"), _("Change history: %s"),
    ngettext_lazy("entry", "entries", "n"),
    _("This object doesn’t have a change history. It probably wasn’t added via this admin site."), _("Added."),
    _("Added {name} “{object}”."), _("Changed {fields}."), _("Changed {fields} for {name} “{object}”."),
    _("Deleted {name} “{object}”."), _("No fields changed."), _("Added “%(object)s”."),
    _("Changed “%(object)s” — %(changes)s"), _("Deleted “%(object)s.”"), _("Breadcrumbs"), _("Model name"),
    _("Add link"), _("Change or view list link"), _("Skip to main content"), _("Toggle theme (current theme: auto)"),
    _("Toggle theme (current theme: light)"), _("Toggle theme (current theme: dark)"), _("Toggle navigation"),
    _("Sidebar"), _("Filter navigation items"), _("Start typing to filter…"),
    _(
        "You are authenticated as %(username)s, but are not authorized to access this page. Would you like to login to "
        "a different account?"
    ),
    _(
        "Please enter the correct %(username)s and password for a staff account. Note that both fields may be "
        "case-sensitive."
    ),
    _("Forgotten your login credentials?"), _("Thanks for spending some quality time with the web site today."),
    # Django: accounts
    _("After you’ve created a user, you’ll be able to edit more user options."),
    _("Enter a new password for the user <strong>%(username)s</strong>."),
    _("This action will <strong>enable</strong> password-based authentication for this user."),
    _("Disable password-based authentication"), _("Enable password-based authentication"),
    _("Enable password-based authentication for this user by setting a password."), _("Password-based authentication"),
    _("Password-based authentication was disabled."),
    _(
        "Whether the user will be able to authenticate using a password or not. If disabled, they may still be able to "
        "authenticate using other backends, such as Single Sign-On or LDAP."
    ),
    _("Enabled"), _("Disabled"), _("Set password"), _("Set password: %s"), _("Reset password"),
    _("Change password: %s"), _("Password changed successfully."),
    _("Conflicting form data submitted. Please try again."),
    _("Raw passwords are not stored, so there is no way to see the user’s password."), _("algorithm"), _("variety"),
    _("version"), _("memory cost"), _("time cost"), _("parallelism"), _("iterations"), _("salt"), _("hash"),
    _("No password set."), _("Invalid password format or unknown hashing algorithm."), _("password"), _("username"),
    _("first name"), _("last name"), _("email address"), _("last login"), _("date joined"), _("active"),
    _("staff status"), _("superuser status"),
    _("Designates that this user has all permissions without explicitly assigning them."),
    _("Designates whether this user should be treated as active. Unselect this instead of deleting accounts."),
    _("Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only."),
    _("Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters."),
    _(
        "Enter a valid username. This value may contain only unaccented lowercase a-z and uppercase A-Z letters, "
        "numbers, and @/./+/-/_ characters."
    ),
    _("A user with that username already exists."), _("Password confirmation"),
    _("Enter the same password as before, for verification."), _("The two password fields didn’t match."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "n",
    ),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "n",
    ),
    _("The password is too similar to the %(verbose_name)s."),
    _("Your password can’t be too similar to your other personal information."), _("This password is too common."),
    _("Your password can’t be a commonly used password."), _("This password is entirely numeric."),
    _("Your password can’t be entirely numeric."), _("New password"), _("New password confirmation"), _("Old password"),
    _("Your old password was entered incorrectly. Please enter it again."), _("Password change"),
    _("Password change successful"), _("Your password was changed."),
    _(
        "Please enter your old password, for security’s sake, and then enter your new password twice so we can verify "
        "you typed it in correctly."
    ),
    _("Change my password"), _("Logged out"),
    # axes: sign-ins that failed
    _("User Agent"), _("IP Address"), _("Username"), _("HTTP Accept"), _("Path"), _("Attempt Time"),
    _("Access lock out"), _("Locked Out"), _("access failure"), _("access failures"), _("access attempt"),
    _("access attempts"), _("access log"), _("access logs"), _("GET Data"), _("POST Data"), _("Failed Logins"),
    _("Logout Time"), _("Session key hash (sha256)"), _("Form Data"), _("Meta Data"), _("Not set"),
    _("Attempt Remaining"), _("Clean up expired attempts"),
    _("Account locked: too many login attempts. Please try again later."),
    # django-filter and Django REST framework
    _("Select a lookup."), _("Range query expects two values."), _("Multiple values may be separated by commas."),
    _("Yesterday"), _("Ordering"), _("%s (descending)"), _("A server error occurred."), _("Malformed request."),
    _("Invalid input."), _("Invalid data. Expected a dictionary, but got {datatype}."),
    _("Authentication credentials were not provided."), _("Incorrect authentication credentials."),
    _("You do not have permission to perform this action."), _("Not found."), _("Method \"{method}\" not allowed."),
    _("Could not satisfy the request Accept header."), _("Unsupported media type \"{media_type}\" in request."),
    _("Request was throttled."), _("Invalid page."), _("Invalid value."), _("Must be a valid boolean."),
    _("Not a valid string."), _("This field may not be null."), _("This field may not be blank."),
    _("This field must be unique."), _("The fields {field_names} must make a unique set."),
    _("A valid integer is required."), _("A valid number is required."), _("String value too large."),
    _("Ensure this field has no more than {max_length} characters."),
    _("Ensure this field has at least {min_length} characters."),
    _("Ensure this value is less than or equal to {max_value}."),
    _("Ensure this value is greater than or equal to {min_value}."),
    _("Enter a valid \"slug\" consisting of letters, numbers, underscores or hyphens."),
    _("Date has wrong format. Use one of these formats instead: {format}."),
    _("Datetime has wrong format. Use one of these formats instead: {format}."),
    _("Expected a date but got a datetime."), _("\"{input}\" is not a valid choice."),
    _("Expected a list of items but got type \"{input_type}\"."), _("This selection may not be empty."),
    _("This list may not be empty."), _("Invalid pk \"{pk_value}\" - object does not exist."),
    _("Incorrect type. Expected pk value, received {data_type}."),
)
# fmt: on

pytestmark = pytest.mark.one_database  # whoever stores the records, the pages say the same
HERE = str(Path(__file__).relative_to(settings.BASE_DIR))
FORMS = {"vi": 1, "en": 2}  # of a number's noun


def catalogue(language, domain="django") -> polib.POFile:
    return polib.pofile(f"{settings.LOCALE_PATHS[0]}/{language}/LC_MESSAGES/{domain}.po")


def said(entry) -> list[str]:
    """What is shown for a text: one, or one for each form of its number."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


CATALOGUES = {language: catalogue(language) for language in FORMS}
each_language = pytest.mark.parametrize("language", FORMS)


def named(entries) -> list[str]:
    return [entry.msgid for entry in entries]


@each_language
def test_every_text_is_translated(language):
    texts = CATALOGUES[language]
    assert texts.metadata["Language"] == language
    assert f"nplurals={FORMS[language]};" in texts.metadata["Plural-Forms"]
    unsure = [entry for entry in texts if entry.fuzzy or entry.obsolete]
    empty = [entry for entry in texts if not all(said(entry))]
    uneven = [entry for entry in texts if entry.msgid_plural and len(said(entry)) != FORMS[language]]
    assert (named(unsure), named(empty), named(uneven)) == ([], [], [])


def test_both_languages_have_the_same_texts():
    vietnamese, english = ({(one.msgctxt, one.msgid) for one in CATALOGUES[language]} for language in FORMS)
    assert vietnamese == english


@each_language
def test_the_compiled_texts_are_the_ones_written(language):
    compiled = Path(CATALOGUES[language].fpath).with_suffix(".mo")
    assert compiled.read_bytes() == CATALOGUES[language].to_binary(), "Run: make messages"


@each_language
def test_a_catalogue_names_no_machine_and_nobody(language):
    metadata = " ".join(CATALOGUES[language].metadata.values()) + CATALOGUES[language].header
    assert "@" not in metadata
    assert not [place for entry in CATALOGUES[language] for place, _line in entry.occurrences if place.startswith("/")]


HOLES = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|</?\w+[^>]*>")


@each_language
def test_what_code_fills_in_stays(language):
    """A number may be missing where a language says it in another word, so plurals need the names of one form."""
    broken = []
    for entry in CATALOGUES[language]:
        allowed = [sorted(HOLES.findall(one)) for one in (entry.msgid, entry.msgid_plural) if one]
        broken += [entry for one in said(entry) if sorted(HOLES.findall(one)) not in allowed]
    assert named(broken) == []


def edges(words: str) -> tuple[str, str]:
    return words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]


@each_language
def test_a_text_begins_and_ends_as_its_source_does(language):
    """Blanks hold sentences and columns apart; a full stop says that a sentence is over."""
    entries = CATALOGUES[language]
    cut = [entry for entry in entries for one in said(entry) if edges(one) != edges(entry.msgid)]
    ends = {one for one in entries if one.msgid.rstrip()[-1] in ".?:;" and one.msgctxt is None}
    stopped = [entry for entry in ends for one in said(entry) if one.rstrip()[-1] not in ".?:;_"]
    assert (named(cut), named(stopped)) == ([], [])


# What our house does not say: ceremony, and letters of which machines have two.
CEREMONY = re.compile(r"vui lòng|thành công|xin hãy|quý khách|!", re.IGNORECASE)


def test_vietnamese_is_plain_and_composed():
    entries = [entry for entry in CATALOGUES["vi"] if entry.msgid != "Congratulations!"]
    ceremony = [entry for entry in entries for one in said(entry) if CEREMONY.search(one)]
    decomposed = [entry for entry in entries for one in said(entry) if not unicodedata.is_normalized("NFC", one)]
    assert (named(ceremony), named(decomposed)) == ([], [])


def test_the_borrowed_texts_are_still_the_libraries():
    """Else the library would show its own text, and ours would wait in vain."""
    borrowed = {one for one in CATALOGUES["vi"] if {place for place, _line in one.occurrences} == {HERE}}
    known = set()
    for library in ("django", "rest_framework", "django_filters", "axes"):
        folder = Path(find_spec(library).origin).parent
        for file in folder.rglob("LC_MESSAGES/django.[mp]o"):
            known |= {entry.msgid for entry in (polib.mofile if file.suffix == ".mo" else polib.pofile)(str(file))}
        for source in (folder / "admin.py", folder / "models.py"):
            known |= set(re.findall(r'_\("([^"]+)"\)', source.read_text())) if source.exists() else set()
    assert len(borrowed) > 100
    assert {one.msgid for one in borrowed} - known == set()


def test_the_scripts_of_the_back_office_speak_vietnamese(reader):
    """Their words are Django's; ours stand before them, in a catalogue of their own."""
    texts = catalogue("vi", "djangojs")
    assert named(texts.untranslated_entries() + texts.fuzzy_entries() + texts.obsolete_entries()) == []
    assert Path(texts.fpath).with_suffix(".mo").read_bytes() == texts.to_binary()
    served = text(enter(reader).get(reverse("admin:jsi18n")))
    assert json.dumps("Đã chọn %(sel)s trên %(cnt)s") in served


# --- the pages


class Visible(HTMLParser):
    """What a reader sees or hears of a page."""

    HEARD = ("aria-label", "placeholder", "title", "alt", "data-label", "data-say-dark", "data-say-light")

    def __init__(self, page: str):
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._hidden += tag in ("script", "style")
        self.words += [given[one] for one in self.HEARD if given.get(one)]
        if tag == "input" and given.get("type") in ("submit", "button"):
            self.words.append(given.get("value", ""))

    def handle_endtag(self, tag):
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data):
        if not self._hidden and data.strip():
            self.words.append(" ".join(data.split()))


ENGLISH = re.compile(
    r"\b(?:logged|undetermined|unions?|partners?|save|saved|delete|deleted|held|the|of|and|with|not|unknown|add|edit|change"
    r"|search|home|report|reports|delegations?|conferences?|courses?|agreements?|countries|country|activity|activities"
    r"|term|terms|figures?|published|source|documents?|name|kind|title|status|day|from|until|all|any|yes|none|sign"
    r"|password|user|users|view|history|filter|select|selected|this|that|records?|rows?|people|guests|remark)\b",
    re.IGNORECASE,
)
# What no catalogue holds: a library's own name, the switch to English, a file format.
OURS = re.compile(r"\bAxes\b|\bEnglish\b|\bJSON\b")


@pytest.fixture
def reader(db):
    """Somebody who sees and may do everything, in a house with the first records."""
    seed()
    union = Union.objects.get(code="vgcl")
    return User.objects.create_user("quan-tri", union=union, role=User.Role.ADMINISTRATOR, language="vi")


def recorded() -> list[str]:
    """What people wrote, which stays in the language they wrote it in; longest first."""
    found = set()
    for model in {entity.model for entity in ENTITIES} | {SourceLink}:
        columns = [
            one.name for one in model._meta.concrete_fields if isinstance(one, models.CharField | models.TextField)
        ]
        for row in model._base_manager.values_list(*columns):
            found |= {" ".join(line.split()) for value in row for line in (value or "").splitlines()}
    return sorted(found - {""}, key=len, reverse=True)


def english_in(page: str, written: list[str]) -> set[str]:
    left = set()
    for words in Visible(page).words:
        if not ENGLISH.search(OURS.sub("", words)):
            continue
        rest = words
        for one in written:
            rest = rest.replace(one, "")
        if ENGLISH.search(OURS.sub("", rest)):
            left.add(words)
    return left


def read(browser, addresses) -> dict[str, set[str]]:
    """The English on each of these pages; pages without any are left out."""
    written, found = recorded(), {}
    for address in addresses:
        response = browser.get(address)
        assert response.status_code == 200, address
        if left := english_in(text(response), written):
            found[address] = left
    return found


def test_no_english_is_left_at_the_door(client, db):
    assert read(client, [reverse("sign-in")]) == {}
    refused = client.post(reverse("sign-in"), {"username": "lan", "password": "sai"})
    assert english_in(text(refused), []) == set()


def test_english_is_noticed_where_it_stands(reader):
    reader.language = "en"
    reader.save()
    pages = [reverse("home"), reverse("delegations-new"), reverse("admin:index")]
    assert read(enter(reader), pages).keys() == set(pages)


def test_no_english_is_left_on_the_pages(reader):
    addresses = [reverse(name) for name in ("home", "search", "report-index", "password")]
    for entity in ENTITIES:
        first = entity.queryset(reader).first()
        addresses.append(reverse(f"{entity.slug}-list"))
        addresses += [reverse(f"{entity.slug}-new")] if entity.form else []
        addresses += [reverse(f"{entity.slug}-detail", args=[first.pk])] if first else []
    assert read(enter(reader), addresses) == {}


def test_no_english_is_left_in_reports_and_behind_their_numbers(reader):
    union = Union.objects.get(code="vgcl")
    term = Term.objects.get(union=union, name="2018-2023")
    report = Report.of_term(union, term, under=True)
    rows = [one for figure in report.figures for one in (figure.rows_url, figure.undetermined_url)]
    assert read(enter(reader), [report.url, *rows]) == {}


def test_no_english_is_left_in_what_a_form_refuses(reader):
    browser, written = enter(reader), recorded()
    typed = {
        "when": "31/02/2023",
        "starts_on": "31/02/2023",
        "precision": "day",
        "on_plan": "false",
        "rows-0-TOTAL_FORMS": "1",
    }
    for entity in ENTITIES:
        if entity.form:
            refused = browser.post(reverse(f"{entity.slug}-new"), typed)
            assert english_in(text(refused), written) == set(), entity.slug


def test_no_english_is_left_where_a_way_is_closed(reader):
    browser = enter(reader)
    leader = User.objects.create_user("lanh-dao", union=reader.union, role=User.Role.LEADER, language="vi")
    answers = {
        404: browser.get("/khong-co/"),
        400: browser.get(reverse("report-days", args=["vgcl"]), {"from": "hôm nay"}),
        403: enter(leader).get(reverse("delegations-new")),
    }
    assert [one.status_code for one in answers.values()] == list(answers)
    assert [english_in(text(one), []) for one in answers.values()] == [set(), set(), set()]


def test_no_english_is_left_in_what_the_endpoints_refuse(reader):
    refused = enter(reader).post("/api/partners/", {"kind": "?", "country": 0}, content_type="application/json").json()
    assert refused.keys() >= {"name", "kind", "country"}
    assert [one for reasons in refused.values() for one in reasons if ENGLISH.search(one)] == []


# The columns of rows worked out by the machine have no names of their own yet.
UNNAMED = {ActivityScope}


def test_no_english_is_left_in_the_back_office(reader):
    browser = enter(reader)
    addresses = [reverse("admin:index")]
    for model in admin.site._registry.keys() - UNNAMED:
        pages = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses.append(reverse(f"{pages}_changelist"))
        if browser.get(reverse(f"{pages}_add")).status_code == 200:
            addresses.append(reverse(f"{pages}_add"))
    one = Activity.objects.filter(kind="delegation").latest("pk")
    addresses += [
        reverse(f"admin:activities_delegation_{page}", args=[one.pk]) for page in ("change", "delete", "history")
    ]
    assert read(browser, addresses) == {}


def test_the_report_speaks_as_unions_write(reader):
    union = Union.objects.get(code="vuit")
    term = Term.objects.get(union__code="vgcl", name="2018-2023")
    with translation.override("vi"):
        said = Report.of_term(union, term).narrative
    assert said.startswith(
        "Nhiệm kỳ 2018–2023, Công đoàn Công Thương Việt Nam đã tổ chức 1 đoàn ra, đón 5 đoàn vào; đăng cai tổ chức "
        "2 hội nghị, hội thảo quốc tế; tham dự 1 hội nghị, hội thảo quốc tế trong nước; tổ chức, tham gia 5 lớp đào "
        "tạo cho ít nhất 34 học viên, cấp ít nhất 34 chứng chỉ; "
    )
