"""Files kept before their size, hash and type were noted get theirs. No file is touched; one that is gone is left out."""

import hashlib
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.db import migrations

from unionrelations.kit.folding import fold, spell

PIECE = 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
# What the house took in before, by the endings it asked for then.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "odt": f"{OPEN}.text",
    "ods": f"{OPEN}.spreadsheet",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
}


def know(apps, schema_editor):
    papers = apps.get_model("activities", "Paper").objects.order_by("pk")
    seen = set()
    for paper in papers.iterator():
        if paper.file:
            take_in(paper, seen)
        names = list(dict.fromkeys(name for name in (paper.number, paper.file_name, paper.note) if name))
        paper.folded = "\n".join(fold(name) for name in names)
        paper.spelled = "\n".join(spell(name) for name in names)
        paper.save()


def take_in(paper, seen):
    name = PurePosixPath(paper.file.name).name
    paper.file_name = name[-160:]
    paper.media_type = MEDIA_TYPES.get(name.rpartition(".")[2].lower(), "")
    digest, size = hashlib.sha256(), 0
    try:
        with paper.file.storage.open(paper.file.name) as file:
            for piece in iter(lambda: file.read(PIECE), b""):
                digest.update(piece)
                size += len(piece)
    except (OSError, SuspiciousFileOperation):
        return
    paper.size = size
    key = (paper.activity_id, digest.hexdigest())
    if key not in seen:  # attached twice before that was refused: the second stays, without its hash
        seen.add(key)
        paper.sha256 = digest.hexdigest()


class Migration(migrations.Migration):
    dependencies = [("activities", "0004_files_known_by_their_content")]

    operations = [migrations.RunPython(know, migrations.RunPython.noop)]
