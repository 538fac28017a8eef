"""What the first eight steps come to, for a house that begins; one that went through them is taken to have done this."""

import django.contrib.auth.validators
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import unionrelations.accounts.models.users
import unionrelations.kit.sorting


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial'), ('accounts', '0002_reader_preferences'), ('accounts', '0003_names_in_order'), ('accounts', '0004_reminders_and_office_days'), ('accounts', '0005_office_days_and_reminders_are_records'), ('accounts', '0006_sign_outs'), ('accounts', '0007_access_tokens'), ('accounts', '0008_rights_are_delegated_for_some_days')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(
        ),
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('role', models.CharField(choices=[('administrator', 'administrator'), ('officer', 'officer'), ('leader', 'leader'), ('auditor', 'auditor')], default='officer', max_length=20, verbose_name='role')),
                ('language', models.CharField(choices=[('vi', 'Tiếng Việt'), ('en', 'English')], default='vi', max_length=5, verbose_name='language')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('keys_on', models.BooleanField(default=True, help_text='Single letters as commands; off while a field has the focus.', verbose_name='keyboard shortcuts')),
                ('tour_seen', models.BooleanField(default=False, editable=False, verbose_name='has seen the tour')),
                ('digest', models.CharField(choices=[('none', 'never'), ('weekly', 'every week'), ('daily', 'every day')], db_default='weekly', default='weekly', help_text='What is newly due, or has come closer; each thing once at each step.', max_length=10, verbose_name='e-mail about what is due')),
                ('digest_weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], db_default=0, default=0, verbose_name='weekly on')),
                ('due_looked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('due_looked_before', models.DateTimeField(blank=True, editable=False, null=True)),
                ('sign_outs', models.PositiveIntegerField(db_default=0, default=0, editable=False)),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'ordering': ['username'],
                'abstract': False,
            },
            managers=[
                ('objects', unionrelations.accounts.models.users.PeopleManager()),
            ],
        ),
        migrations.CreateModel(
            name='Union',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.TextField(default='', editable=False)),
                ('spelled', models.TextField(default='', editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('code', models.CharField(error_messages={'unique': 'Another union already has this code. Choose a different one.'}, help_text='Stands in addresses and files, such as “ha-noi”.', max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'A code has small letters, figures and single hyphens only.')], verbose_name='code')),
                ('name', models.CharField(max_length=250, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=250, verbose_name='name in English')),
                ('short_name', models.CharField(blank=True, max_length=80, verbose_name='short name')),
                ('aliases', models.TextField(blank=True, help_text='Former names and spellings, one a line.', verbose_name='other names')),
                ('kind', models.CharField(choices=[('confederation', 'confederation'), ('industry', 'central industry union'), ('provincial', 'provincial or city federation'), ('group', 'economic-group union'), ('corporation', 'corporation union'), ('upper', 'immediate upper-level union'), ('grassroots', 'grassroots union')], max_length=20, verbose_name='kind')),
                ('path', models.CharField(db_index=True, default='', editable=False, max_length=200)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='exists from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='existed until')),
                ('note', models.TextField(blank=True, verbose_name='remark')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='last changed by')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='accounts.union', verbose_name='union above')),
            ],
            options={
                'verbose_name': 'union',
                'verbose_name_plural': 'unions',
                'ordering': ['path'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='union_names_trgm', opclasses=['gin_trgm_ops'])],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='union_ends_after_it_begins', violation_error_message='A union cannot end before it begins.')],
            },
        ),
        migrations.CreateModel(
            name='Officer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.TextField(default='', editable=False)),
                ('spelled', models.TextField(default='', editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('name_plain', models.CharField(blank=True, max_length=120, verbose_name='name as written abroad')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('full_time', models.BooleanField(blank=True, help_text='Full-time on external affairs; unknown where nobody said.', null=True, verbose_name='full-time')),
                ('trainings', models.TextField(blank=True, help_text='One a line.', verbose_name='trainings attended')),
                ('note', models.TextField(blank=True, verbose_name='remark')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='last changed by')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='officers', to='accounts.union', verbose_name='union')),
            ],
            options={
                'verbose_name': 'officer',
                'verbose_name_plural': 'officers',
                'ordering': [unionrelations.kit.sorting.ByName('name'), 'pk'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='officer_names_trgm', opclasses=['gin_trgm_ops'])],
                'constraints': [models.UniqueConstraint(fields=('union', 'name'), name='one_officer_of_a_name_in_a_union', violation_error_message='This union already has an officer of this name.')],
            },
        ),
        migrations.CreateModel(
            name='UnionSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('consolidation', 'consolidation'), ('absorption', 'absorption'), ('split', 'split'), ('renaming', 'renaming'), ('dissolution', 'dissolution')], max_length=20, verbose_name='kind')),
                ('day', models.DateField(verbose_name='from')),
                ('legal_basis', models.CharField(blank=True, max_length=250, verbose_name='legal basis')),
                ('note', models.TextField(blank=True, verbose_name='remark')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='accounts.union', verbose_name='union before')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessions', to='accounts.union', verbose_name='union after')),
            ],
            options={
                'verbose_name': 'succession of unions',
                'verbose_name_plural': 'successions of unions',
                'ordering': ['-day', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'dissolution'), ('successor__isnull', True)), models.Q(models.Q(('kind', 'dissolution'), _negated=True), ('successor__isnull', False)), _connector='OR'), name='only_a_dissolution_has_no_heir', violation_error_message='Name the union that followed; only a dissolution has none.'), models.CheckConstraint(condition=models.Q(('successor__isnull', True), models.Q(('successor', models.F('predecessor')), _negated=True), _connector='OR'), name='a_union_does_not_follow_itself', violation_error_message='A union cannot follow itself.'), models.UniqueConstraint(fields=('predecessor', 'successor', 'day'), name='one_succession_a_day', violation_error_message='This succession is already recorded.')],
            },
        ),
        migrations.CreateModel(
            name='OfficerLanguage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=60, verbose_name='language')),
                ('level', models.CharField(blank=True, choices=[('basic', 'basic'), ('working', 'working'), ('fluent', 'fluent')], max_length=10, verbose_name='level')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='languages', to='accounts.officer', verbose_name='officer')),
            ],
            options={
                'verbose_name': 'language of an officer',
                'verbose_name_plural': 'languages of officers',
                'constraints': [models.UniqueConstraint(fields=('officer', 'language'), name='an_officer_lists_a_language_once', violation_error_message='This language is already listed.')],
            },
        ),
        migrations.CreateModel(
            name='OfficeDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(error_messages={'unique': 'This day is already entered. Change it instead.'}, unique=True, verbose_name='day')),
                ('kind', models.CharField(choices=[('off', 'day off'), ('working', 'working day')], max_length=10, verbose_name='kind')),
                ('name', models.CharField(blank=True, help_text='Such as “exchanged for Saturday 22 August”.', max_length=120, verbose_name='name')),
                ('changed_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now(), verbose_name='last changed')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='last changed by')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_default=django.db.models.functions.datetime.Now(), verbose_name='created')),
                ('version', models.PositiveIntegerField(db_default=0, default=0, editable=False)),
            ],
            options={
                'verbose_name': 'day off or working day',
                'verbose_name_plural': 'days off and working days',
                'ordering': ['-day'],
            },
        ),
        migrations.CreateModel(
            name='ReminderSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quiet_months', models.PositiveSmallIntegerField(blank=True, help_text='After so many months a partner counts as not heard of. Empty: as the house has it.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='months without contact')),
                ('plan_month', models.PositiveSmallIntegerField(blank=True, help_text='1 to 12. Empty: as the house has it.', null=True, verbose_name='plan handed in by: month')),
                ('plan_day', models.PositiveSmallIntegerField(blank=True, help_text='The day of that month, of the year before.', null=True, verbose_name='plan handed in by: day')),
                ('union', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='accounts.union', verbose_name='union')),
                ('changed_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now(), verbose_name='last changed')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='last changed by')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_default=django.db.models.functions.datetime.Now(), verbose_name='created')),
                ('version', models.PositiveIntegerField(db_default=0, default=0, editable=False)),
            ],
            options={
                'verbose_name': 'reminders of a union',
                'verbose_name_plural': 'reminders of unions',
                'ordering': ['union'],
                'constraints': [models.CheckConstraint(condition=models.Q(('quiet_months__isnull', True), ('quiet_months__range', (1, 120)), _connector='OR'), name='quiet_months_within_reason', violation_error_message='Between 1 and 120 months.'), models.CheckConstraint(condition=models.Q(models.Q(('plan_day__isnull', True), ('plan_month__isnull', True)), models.Q(('plan_day__isnull', False), ('plan_month__isnull', False), models.Q(models.Q(('plan_day__range', (1, 31)), ('plan_month__in', (1, 3, 5, 7, 8, 10, 12))), models.Q(('plan_day__range', (1, 30)), ('plan_month__in', (4, 6, 9, 11))), models.Q(('plan_day__range', (1, 28)), ('plan_month', 2)), _connector='OR')), _connector='OR'), name='plans_are_due_on_a_day_of_every_year', violation_error_message='Give month and day of a day that every year has, or neither.')],
            },
        ),
        migrations.CreateModel(
            name='AccessToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Which program uses it, such as “Sổ văn bản”.', max_length=80, verbose_name='name')),
                ('may_write', models.BooleanField(default=False, verbose_name='may write')),
                ('expires_on', models.DateField(verbose_name='good until')),
                ('secret_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('hint', models.CharField(editable=False, max_length=8)),
                ('sign_outs', models.PositiveIntegerField(editable=False)),
                ('made_at', models.DateTimeField(editable=False)),
                ('last_used_on', models.DateField(editable=False, null=True)),
                ('revoked_at', models.DateTimeField(editable=False, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('union', models.ForeignKey(help_text='It sees this union and those below it, and nothing else.', on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='accounts.union', verbose_name='union')),
            ],
            options={
                'verbose_name': 'access token',
                'verbose_name_plural': 'access tokens',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='StandIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField(verbose_name='from')),
                ('last_day', models.DateField(verbose_name='to and including')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='written down')),
                ('lender_sign_outs', models.PositiveIntegerField(default=0, editable=False)),
                ('person_sign_outs', models.PositiveIntegerField(default=0, editable=False)),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='ended early')),
                ('ended_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ended by')),
                ('lender', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lends', to=settings.AUTH_USER_MODEL, verbose_name='on behalf of')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stands_in', to=settings.AUTH_USER_MODEL, verbose_name='stand-in')),
            ],
            options={
                'verbose_name': 'delegation of rights',
                'verbose_name_plural': 'delegations of rights',
                'ordering': ['-first_day', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='a_stand_in_ends_after_it_begins', violation_error_message='The last day lies before the first. Check both dates.'), models.CheckConstraint(condition=models.Q(('lender', models.F('person')), _negated=True), name='nobody_stands_in_for_themselves', violation_error_message='Choose somebody else than yourself.')],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='union',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='accounts.union', verbose_name='union'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('digest_weekday__range', (0, 6))), name='a_week_has_seven_days'),
        ),
    ]
