"""What the first four steps come to, for a house that begins; one that went through them is taken to have done this."""

import datetime

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import unionrelations.kit.sorting


class Migration(migrations.Migration):

    replaces = [('partners', '0001_initial'), ('partners', '0002_names_in_order'), ('partners', '0003_partner_kind_may_be_unstated'), ('partners', '0004_standing_and_coverage')]

    initial = True

    dependencies = [
        ('accounts', '0003_names_in_order'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.TextField(default='', editable=False)),
                ('spelled', models.TextField(default='', editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('code', models.SlugField(blank=True, max_length=80, null=True, unique=True, verbose_name='code')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('kind', models.CharField(blank=True, max_length=80, verbose_name='kind')),
                ('content', models.TextField(blank=True, verbose_name='field and content')),
                ('signed_from', models.DateField(blank=True, null=True, verbose_name='signed on')),
                ('signed_to', models.DateField(blank=True, help_text='The same day where the day is known; empty takes the first.', null=True, verbose_name='signed at the latest on')),
                ('signed_words', models.CharField(blank=True, max_length=120, verbose_name='date of signing as written')),
                ('signed_at', models.CharField(blank=True, max_length=120, verbose_name='signed at')),
                ('languages', models.CharField(blank=True, max_length=120, verbose_name='languages of the text')),
                ('authority', models.CharField(blank=True, max_length=250, verbose_name='authority to sign')),
                ('in_force_from', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('in_force_to', models.DateField(blank=True, help_text='As signed. Empty takes it from a duration such as 5 năm; an extension is entered as an event.', null=True, verbose_name='in force to')),
                ('duration', models.CharField(blank=True, max_length=120, verbose_name='duration as written')),
                ('note', models.TextField(blank=True, verbose_name='remark')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='last changed by')),
                ('approved_by', models.CharField(blank=True, db_default='', default='', max_length=250, verbose_name='approved by')),
                ('in_name_of', models.CharField(blank=True, db_default='', default='', help_text='Such as the union itself.', max_length=200, verbose_name='signed in the name of')),
                ('is_authorised', models.BooleanField(blank=True, help_text='Empty where not known.', null=True, verbose_name='signed under authority')),
                ('renewal_by', models.CharField(blank=True, db_default='', default='', max_length=120, verbose_name='who works on the renewal')),
                ('renewal_note', models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='how far the renewal is')),
                ('renewal_started_on', models.DateField(blank=True, help_text='Empty until somebody takes it up.', null=True, verbose_name='renewal work begun on')),
            ],
            options={
                'verbose_name': 'agreement',
                'verbose_name_plural': 'agreements',
                'ordering': ['-signed_from', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('signed_from__isnull', True), ('signed_to__isnull', True)), models.Q(('signed_from__isnull', False), ('signed_to__gte', models.F('signed_from')), ('signed_to__isnull', False)), _connector='OR'), name='agreement_signing_has_both_ends', violation_error_message='The latest day of signing lies before the first, or the first is missing.'), models.CheckConstraint(condition=models.Q(('in_force_from__isnull', True), ('in_force_to__isnull', True), ('in_force_to__gte', models.F('in_force_from')), _connector='OR'), name='agreement_ends_after_it_begins', violation_error_message='An agreement cannot end before it comes into force.'), models.CheckConstraint(condition=models.Q(('renewal_started_on__isnull', False), models.Q(('renewal_by', ''), ('renewal_note', '')), _connector='OR'), name='a_renewal_says_when_it_was_begun', violation_error_message='Write the day on which the work on the renewal began.')],
            },
        ),
        migrations.CreateModel(
            name='Country',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.TextField(default='', editable=False)),
                ('spelled', models.TextField(default='', editable=False)),
                ('code', models.CharField(error_messages={'unique': 'Another country already has this code.'}, max_length=2, unique=True, verbose_name='ISO code')),
                ('name', models.CharField(max_length=120, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(max_length=120, verbose_name='name in English')),
                ('aliases', models.TextField(blank=True, help_text='Spellings found in papers, one a line.', verbose_name='other names')),
                ('region', models.CharField(choices=[('asean', 'ASEAN'), ('east_asia', 'East Asia'), ('south_asia', 'South Asia'), ('central_asia', 'Central Asia'), ('west_asia', 'West Asia'), ('europe', 'Europe'), ('africa', 'Africa'), ('north_america', 'North America'), ('latin_america', 'Latin America and the Caribbean'), ('oceania', 'Oceania'), ('other', 'other territories')], max_length=20, verbose_name='region')),
            ],
            options={
                'verbose_name': 'country',
                'verbose_name_plural': 'countries',
                'ordering': [unionrelations.kit.sorting.ByName('name', 'name_en')],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z]{2}$')), name='country_code_has_two_capitals', violation_error_message="A country's code has two capital letters, such as LA.")],
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.TextField(default='', editable=False)),
                ('spelled', models.TextField(default='', editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('code', models.SlugField(blank=True, error_messages={'unique': 'Another partner already has this code.'}, help_text='Made from the name where left empty.', max_length=80, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=250, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=250, verbose_name='name in English')),
                ('original_name', models.CharField(blank=True, max_length=250, verbose_name='name in its own language')),
                ('acronym', models.CharField(blank=True, max_length=40, verbose_name='acronym')),
                ('aliases', models.TextField(blank=True, help_text='Former names and spellings, one a line.', verbose_name='other names')),
                ('kind', models.CharField(choices=[('global_federation', 'global union federation'), ('world_centre', 'world or regional union centre'), ('national_centre', 'national trade-union centre'), ('industry_union', 'industry union'), ('local_union', 'local union or federation'), ('ngo', 'non-governmental organisation'), ('foundation', 'foundation'), ('intergovernmental', 'intergovernmental organisation'), ('training', 'training institution'), ('employers', "employers' or business association"), ('embassy', 'embassy or mission'), ('government', 'government body'), ('enterprise', 'enterprise'), ('unstated', 'not stated')], max_length=20, verbose_name='kind')),
                ('licence_number', models.CharField(blank=True, max_length=120, verbose_name='licence in Vietnam')),
                ('licence_expires_on', models.DateField(blank=True, null=True, verbose_name='licence expires on')),
                ('note', models.TextField(blank=True, verbose_name='remark')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='last changed by')),
                ('country', models.ForeignKey(blank=True, help_text='None for global and intergovernmental bodies.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='partners', to='partners.country', verbose_name='country')),
            ],
            options={
                'verbose_name': 'partner',
                'verbose_name_plural': 'partners',
                'ordering': [unionrelations.kit.sorting.ByName('name', 'name_en'), 'pk'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='partner_names_trgm', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='AgreementEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('amended', 'amended'), ('supplemented', 'supplemented'), ('extended', 'extended'), ('terminated', 'terminated'), ('withdrawn', 'withdrawn from'), ('suspended', 'suspended'), ('resumed', 'resumed'), ('inherited', 'inherited by a successor')], max_length=20, verbose_name='kind')),
                ('day', models.DateField(verbose_name='day')),
                ('note', models.TextField(blank=True, verbose_name='remark')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='partners.agreement', verbose_name='agreement')),
                ('heir', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inherited_agreements', to='accounts.union', verbose_name='union that inherits')),
                ('heir_partner', models.ForeignKey(blank=True, help_text="The body that took the partner's place. The original party stays on record.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inherited_agreements', to='partners.partner', verbose_name='partner that inherits')),
                ('until', models.DateField(blank=True, help_text='Of an extension; empty where it names none.', null=True, verbose_name='new last day')),
            ],
            options={
                'verbose_name': 'event of an agreement',
                'verbose_name_plural': 'events of agreements',
                'ordering': ['day', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('heir__isnull', False), ('heir_partner__isnull', True), ('kind', 'inherited')), models.Q(('heir__isnull', True), ('heir_partner__isnull', False), ('kind', 'inherited')), models.Q(models.Q(('kind', 'inherited'), _negated=True), ('heir__isnull', True), ('heir_partner__isnull', True)), _connector='OR'), name='only_an_inheritance_has_one_heir', violation_error_message='Name the union or the partner that inherits, one of them, for an inheritance and for nothing else.'), models.CheckConstraint(condition=models.Q(('until__isnull', True), models.Q(('kind', 'extended'), ('until__gte', models.F('day'))), _connector='OR'), name='only_an_extension_has_a_new_last_day', violation_error_message='Only an extension has a new last day, and it lies after the day it was made.')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.TextField(default='', editable=False)),
                ('spelled', models.TextField(default='', editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='telephone')),
                ('note', models.TextField(blank=True, verbose_name='remark')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='last changed by')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='partners.partner', verbose_name='partner')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'ordering': [unionrelations.kit.sorting.ByName('name'), 'pk'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='contact_names_trgm', opclasses=['gin_trgm_ops'])],
                'constraints': [models.UniqueConstraint(fields=('partner', 'name'), name='one_contact_of_a_name_at_a_partner', violation_error_message='This partner already has a contact of this name.')],
            },
        ),
        migrations.CreateModel(
            name='AgreementParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signatory', models.CharField(blank=True, max_length=120, verbose_name='signed by')),
                ('signatory_title', models.CharField(blank=True, max_length=200, verbose_name='title of who signed')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='partners.agreement', verbose_name='agreement')),
                ('union', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreement_parties', to='accounts.union', verbose_name='union')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreement_parties', to='partners.partner', verbose_name='partner')),
            ],
            options={
                'verbose_name': 'party to an agreement',
                'verbose_name_plural': 'parties to agreements',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('partner__isnull', False), ('union__isnull', True)), models.Q(('partner__isnull', True), ('union__isnull', False)), _connector='OR'), name='a_party_is_a_union_or_a_partner', violation_error_message='A party is either a union of ours or a partner: choose one.'), models.UniqueConstraint(fields=('agreement', 'union'), name='a_union_is_a_party_once', violation_error_message='This union is already a party.'), models.UniqueConstraint(fields=('agreement', 'partner'), name='a_partner_is_a_party_once', violation_error_message='This partner is already a party.')],
            },
        ),
        migrations.CreateModel(
            name='PartnerAffiliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=250, verbose_name='remark')),
                ('federation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='partners.partner', verbose_name='federation')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affiliations', to='partners.partner', verbose_name='partner')),
            ],
            options={
                'verbose_name': 'affiliation',
                'verbose_name_plural': 'affiliations',
                'constraints': [models.UniqueConstraint(fields=('partner', 'federation'), name='a_partner_joins_a_federation_once', violation_error_message='This affiliation is already recorded.'), models.CheckConstraint(condition=models.Q(('partner', models.F('federation')), _negated=True), name='a_partner_does_not_join_itself', violation_error_message='An organisation cannot belong to itself.')],
            },
        ),
        migrations.CreateModel(
            name='RelationEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('starts_on', models.DateField(verbose_name='starts on')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
                ('precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('quarter', 'quarter'), ('half_year', 'half-year'), ('year', 'year'), ('span', 'span of time')], default='day', max_length=10, verbose_name='how exact the date is')),
                ('date_words', models.CharField(blank=True, help_text='The words of the source, such as “first half of 2023”.', max_length=120, verbose_name='date as written')),
                ('kind', models.CharField(choices=[('established', 'newly established'), ('traditional', 'traditional ties'), ('support', 'support for projects or courses'), ('multilateral', 'part taken in a multilateral body'), ('interrupted', 'interrupted'), ('suspended', 'suspended'), ('restored', 'restored'), ('twinned', 'twinned'), ('localities_twinned', 'twinning of the two localities, not of the unions'), ('ended', 'ended')], max_length=20, verbose_name='kind')),
                ('note', models.TextField(blank=True, verbose_name='remark')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='last changed by')),
                ('partner', models.ForeignKey(blank=True, help_text='Empty where the source names none.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='relation_events', to='partners.partner', verbose_name='partner')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relation_events', to='accounts.union', verbose_name='union')),
            ],
            options={
                'verbose_name': 'event of a relation',
                'verbose_name_plural': 'events of relations',
                'ordering': ['-starts_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='relationevent_ends_after_it_starts', violation_error_message='The last day lies before the first. Check both dates.'), models.CheckConstraint(condition=models.Q(('starts_on__range', (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))), models.Q(('ends_on__isnull', True), ('ends_on__range', (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))), _connector='OR')), name='relationevent_lies_within_living_memory', violation_error_message='A year lies before 1900 or after 2100. Check the dates.'), models.CheckConstraint(condition=models.Q(('precision', 'day'), ('ends_on__isnull', False), _connector='OR'), name='relationevent_window_has_two_ends', violation_error_message='A date that is not exact to the day needs the last day it can lie on.'), models.UniqueConstraint(fields=('union', 'partner', 'kind', 'starts_on'), name='a_relation_changes_once_a_day_in_a_way', violation_error_message='This event is already recorded for this partner and day.'), models.UniqueConstraint(condition=models.Q(('partner__isnull', True)), fields=('union', 'kind', 'starts_on'), name='an_unnamed_relation_changes_once_a_day_in_a_way', violation_error_message='This event is already recorded for this day.')],
            },
        ),
        migrations.CreateModel(
            name='Coverage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='remark')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coverages', to='accounts.officer', verbose_name='officer')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coverages', to='partners.partner', verbose_name='partner')),
            ],
            options={
                'verbose_name': 'officer in charge of a partner',
                'verbose_name_plural': 'officers in charge of partners',
                'ordering': ['partner', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('partner', 'officer'), name='an_officer_covers_a_partner_once', violation_error_message='This officer is already in charge of this partner.')],
            },
        ),
        migrations.AddField(
            model_name='partner',
            name='federations',
            field=models.ManyToManyField(related_name='affiliates', through='partners.PartnerAffiliation', through_fields=('partner', 'federation'), to='partners.partner', verbose_name='federations it belongs to'),
        ),
    ]
