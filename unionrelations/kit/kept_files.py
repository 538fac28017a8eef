"""What every row that holds a file knows of it: how it was named, its size, type and SHA-256, who brought it, its text.

The file is looked at when it comes in, through whichever door, and kept byte for byte. Never knows what it belongs to.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import ClassVar

from celery import current_app
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .contents import BY_MEDIA_TYPE, Refused
from .folding import MOST_WORDS, FindableQuerySet, FoundLater, fold, spell
from .storage import own_name
from .text_layers import LONGEST
from .uploads import Told, look_at

EVERY = 10_000_000  # more rows than there can be
READ_TEXT = "unionrelations.tasks.read_text"  # by name: tasks stand above


@contextmanager
def by_index():
    """Inside, PostgreSQL looks words up in its index, however few rows there are.

    It takes a long text for as cheap to read as a number, and would read every file for a word that few hold.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = on")  # a transaction around this one goes on


class KeptFileQuerySet(FindableQuerySet):
    """Rows are light: their text is fetched only by who asks for it."""

    def holding(self, words: str):
        """Rows that hold every word, each in what the row says or in the text of its file."""
        wanted = list(dict.fromkeys(fold(words).split()))[:MOST_WORDS]
        if not wanted:
            return self.none()
        held = (Q(folded__contains=word) | Q(folded_text__contains=word) for word in wanted)
        # The limit keeps PostgreSQL from asking who may see a row before it has asked the index for the words.
        rows = self.model._base_manager.filter(*held).order_by().values("pk")[:EVERY]
        return self.filter(pk__in=rows)

    def find(self, words: str):
        """Those holding every word; where the row itself says the words first, then the newest."""
        said = Q(*(Q(folded__contains=word) for word in fold(words).split()[:MOST_WORDS]))
        rank = Case(
            When(spelled__contains=spell(words), then=Value(0)),
            When(said, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return self.holding(words).alias(match_rank=rank).order_by("match_rank", "-pk")

    def waiting(self):
        """Those whose text nobody has read yet."""
        return self.filter(text_state=KeptFile.Text.WAITING).exclude(file="")


class TextIndex(GinIndex):
    """By any three letters of a text, on PostgreSQL. On SQLite it stays empty: it would only copy the text."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"opclasses": ["gin_trgm_ops"]})

    def create_sql(self, model, schema_editor, using="", **kwargs):
        if schema_editor.connection.vendor == "postgresql":
            return super().create_sql(model, schema_editor, using=using or "gin", **kwargs)
        empty = models.Index(fields=["id"], name=self.name, condition=Q(pk__isnull=True))
        return empty.create_sql(model, schema_editor, **kwargs)


class KeptFileManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().defer("text", "folded_text")


class UploadField(models.FileField):
    """A file under a name of our own in `folder`. However long the name it came with is, it is no reason to refuse."""

    def __init__(self, *args, folder: str = "", **kwargs):
        self.folder = folder
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"folder": self.folder}

    def generate_filename(self, instance, filename):
        return own_name(self.folder, BY_MEDIA_TYPE[instance.media_type].suffix)

    def formfield(self, **kwargs):
        return super().formfield(**kwargs | {"max_length": None})


class BroughtAt(models.DateTimeField):
    """The moment a file came in; editing what the row says beside it leaves it as it is."""

    def pre_save(self, model_instance, add):
        if getattr(model_instance, "comes_in", False):  # a migration knows the columns alone
            return super().pre_save(model_instance, add)
        return getattr(model_instance, self.attname)


class KeptFile(FoundLater):
    """Subclasses give `file`, an UploadField, and `file_of`, the record it belongs to."""

    class Text(models.TextChoices):
        """How far the text of the file is known."""

        WAITING = "waiting", _("its text is being read")
        READ = "read", _("its text can be searched")
        NONE = "none", _("without a text layer")
        FAILED = "failed", _("its text could not be read")

    file_of: ClassVar[str] = ""
    found_by = ("file_name", "note")

    file_name = models.CharField(
        pgettext_lazy("of a file", "name"), max_length=160, blank=True, default="", db_default="", editable=False
    )
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, editable=False)
    # Null where there is no file: nulls never clash, so only files do.
    sha256 = models.CharField("SHA-256", max_length=64, null=True, editable=False)  # noqa: DJ001
    media_type = models.CharField(
        _("media type"), max_length=100, blank=True, default="", db_default="", editable=False
    )
    uploaded_at = BroughtAt(_("uploaded"), auto_now=True, null=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    # The text can be read from the file again at any time, so no copy of a row carries it along.
    text = models.TextField(_("text"), default="", db_default="", editable=False, serialize=False)
    folded_text = models.TextField(default="", db_default="", editable=False, serialize=False)
    text_state = models.CharField(
        _("text of the file"),
        max_length=10,
        choices=Text,
        default=Text.WAITING,
        db_default=Text.WAITING,
        editable=False,
        serialize=False,
    )

    class Meta:
        abstract = True

    comes_in = False  # whether a file is being kept with this save

    def clean(self):
        super().clean()
        try:
            self.take_in()
        except Refused as why:
            raise ValidationError({"file": str(why)}) from None
        for rule in self._meta.constraints:
            if isinstance(rule, models.UniqueConstraint) and "sha256" in rule.fields:
                try:
                    rule.validate(type(self), self)
                except ValidationError as twice:
                    raise ValidationError({"file": twice.messages}) from None

    def save(self, *args, update_fields=None, **kwargs):
        """Raises Refused for a file that was not looked at and must not be kept."""
        self.take_in()
        self.comes_in = bool(self.file) and not self.file._committed
        super().save(*args, update_fields=update_fields, **kwargs)
        if self.comes_in:
            self.comes_in = False
            # A broker that does not answer is no reason to lose an upload: the night's task reads what still waits.
            transaction.on_commit(self._have_text_read, robust=True)

    @property
    def suffix(self) -> str:
        """As its content has it; "" where that is not known."""
        kind = BY_MEDIA_TYPE.get(self.media_type)
        return kind.suffix if kind else ""

    def keep_text(self, text: str) -> None:
        """Keeps what was read, of which lines stay lines, up to LONGEST characters."""
        lines = (" ".join(line.split()) for line in text.replace("\0", "").splitlines())
        self.text = "\n".join(line for line in lines if line)[:LONGEST]
        self.folded_text = fold(self.text)
        self.text_state = self.Text.READ if self.folded_text.strip() else self.Text.NONE
        self.save(update_fields=["text", "folded_text", "text_state"])

    def say_unreadable(self) -> None:
        self.text_state = self.Text.FAILED
        self.save(update_fields=["text_state"])

    def take_in(self) -> None:
        """Looks at a file that is not kept yet; forgets what was known of one that is no longer there.

        Raises Refused for what is not kept.
        """
        if not self.file:
            self._know(None)
        elif not self.file._committed and getattr(self, "_looked_at", None) is not self.file.file:
            given = self.file.file
            self._know(look_at(given, self.file.name))
            self._looked_at = given

    def _know(self, told: Told | None) -> None:
        if told is None and self.sha256 is None and not self.file_name:
            return
        self.file_name = told.name if told else ""
        self.size = told.size if told else None
        self.sha256 = told.sha256 if told else None
        self.media_type = told.kind.media_type if told else ""
        self.text = self.folded_text = ""
        self.text_state = self.Text.WAITING
        if told is None:
            self.uploaded_at = self.uploaded_by = None

    def _have_text_read(self) -> None:
        current_app.loader.import_default_modules()
        current_app.tasks[READ_TEXT].delay(self._meta.label_lower, self.pk)
