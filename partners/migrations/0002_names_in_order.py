"""Partners, their contacts and countries in the order of names; nothing in the database changes."""

from django.db import migrations

import unionrelations.kit.sorting


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='contact',
            options={'ordering': [unionrelations.kit.sorting.ByName('name'), 'pk'], 'verbose_name': 'contact', 'verbose_name_plural': 'contacts'},
        ),
        migrations.AlterModelOptions(
            name='country',
            options={'ordering': [unionrelations.kit.sorting.ByName('name', 'name_en')], 'verbose_name': 'country', 'verbose_name_plural': 'countries'},
        ),
        migrations.AlterModelOptions(
            name='partner',
            options={'ordering': [unionrelations.kit.sorting.ByName('name', 'name_en'), 'pk'], 'verbose_name': 'partner', 'verbose_name_plural': 'partners'},
        ),
    ]
