"""What a house holds, told without the code that is tested: rows as the database has them, files as the disk has."""

import json
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from activities.models import DocumentFile, SourceDocument
from tests import admin_factories
from tests.seeded import give_back, remembered, seed
from unionrelations.accounts.models import Union
from unionrelations.kit.acts import untold

NOW = timezone.make_aware(timezone.datetime(2026, 11, 26, 1, 0))
MADE_BY_MIGRATE = {"contenttypes.contenttype", "auth.permission"}
APART = {"django_session", "django_migrations", "backups_backup"}
NAME = "reports/2026/Báo cáo nhiệm kỳ – Đoàn Chủ tịch (bản 2).pdf"


_furnished: list = []


def furnish() -> None:
    """The seed, a row of every table the back office knows, and files under names of all kinds.

    The first test of a process makes them; later ones get the same back.
    """
    if not _furnished:
        _make()
        _furnished.extend((remembered(_models()), files()))
        return
    with untold():  # the history is among the rows
        give_back(_furnished[0])
    for name, content in _furnished[1].items():
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _models():
    held = (one for one in apps.get_models(include_auto_created=True) if not one._meta.proxy)
    return [one for one in held if one._meta.label_lower not in MADE_BY_MIGRATE]


def _make() -> None:
    seed()
    union = admin_factories.union("co-so-moi", Union.objects.get(code="vgcl"))  # one without terms of its own yet
    for make in admin_factories.MAKERS.values():
        make(union)
    document = SourceDocument.objects.first()
    DocumentFile.objects.keep(document, "Công đoàn Việt Nam".encode(), "Đề án 2026.txt", None).keep_text("đề án")
    default_storage.save(NAME, ContentFile(b"%PDF-" + bytes(range(256)) * 700))
    default_storage.save("papers/00/empty.txt", ContentFile(b""))


def rows() -> dict[str, list[tuple]]:
    """Every row of every table, as it lies in the database."""
    found = {}
    names = {one._meta.db_table for one in apps.get_models(include_auto_created=True) if not one._meta.proxy}
    with connection.cursor() as cursor:
        for name in sorted(names - APART):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            order = sorted(range(len(cursor.description)), key=lambda place: cursor.description[place][0])
            held = (tuple(_plain(row[place]) for place in order) for row in cursor.fetchall())
            found[name] = sorted(held, key=repr)
    return found


def _plain(value):
    """SQLite's own JSON has no spaces, Django's has: what either says is the same."""
    return json.loads(value) if isinstance(value, str) and value.startswith("{") else value


def files() -> dict[str, bytes]:
    root = Path(settings.MEDIA_ROOT)
    return {one.relative_to(root).as_posix(): one.read_bytes() for one in root.rglob("*") if one.is_file()}
