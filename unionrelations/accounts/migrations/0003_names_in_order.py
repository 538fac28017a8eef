"""Officers in the order of names; nothing in the database changes."""

from django.db import migrations

import unionrelations.kit.sorting


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_reader_preferences'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='officer',
            options={'ordering': [unionrelations.kit.sorting.ByName('name'), 'pk'], 'verbose_name': 'officer', 'verbose_name_plural': 'officers'},
        ),
    ]
