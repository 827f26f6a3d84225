"""What the desk needs: findings and waivers, preview links, the log, the review clock, links."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0007_citation_sentences'),
        ('references', '0005_alias'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('saved', 'saved the draft'), ('submitted', 'submitted for review'), ('withdrawn', 'withdrew'), ('approve', 'approved'), ('request-changes', 'asked for changes'), ('decline', 'declined'), ('scheduled', 'scheduled'), ('unscheduled', 'took out of the schedule'), ('not-published', 'was not published at its time'), ('published', 'published'), ('unpublished', 'unpublished'), ('restored', 'restored as a draft'), ('waived', 'waived a finding'), ('unwaived', 'took back a waiver'), ('shared', 'made a preview link'), ('revoked', 'revoked a preview link'), ('remarked', 'left a remark'), ('review-pulled', 'review pulled forward')], max_length=20, verbose_name='act')),
                ('detail', models.TextField(blank=True, verbose_name='detail')),
                ('happened_at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ('-happened_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='ImageUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'use of a picture',
                'verbose_name_plural': 'uses of pictures',
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=2000, unique=True, verbose_name='address')),
                ('host', models.CharField(max_length=253, verbose_name='host')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='checked')),
                ('result', models.CharField(blank=True, max_length=200, verbose_name='answer')),
                ('strikes', models.PositiveSmallIntegerField(default=0, verbose_name='failures in a row')),
                ('ignored', models.BooleanField(default=False, help_text='It works, but does not answer programs.', verbose_name='ignored')),
            ],
            options={
                'verbose_name': 'outgoing link',
                'verbose_name_plural': 'outgoing links',
                'ordering': ('-strikes', 'url'),
            },
        ),
        migrations.CreateModel(
            name='PreviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.CharField(help_text='Their name; they see it in the preview.', max_length=200, verbose_name='for whom')),
                ('created_at', models.DateTimeField(verbose_name='made')),
                ('expires_at', models.DateTimeField(verbose_name='ends')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked')),
                ('times_opened', models.PositiveIntegerField(default=0, verbose_name='times opened')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='last opened')),
            ],
            options={
                'verbose_name': 'preview link',
                'verbose_name_plural': 'preview links',
                'ordering': ('-created_at',),
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='place')),
                ('quote', models.CharField(blank=True, max_length=500, verbose_name='the words it is about')),
                ('text', models.TextField(max_length=5000, verbose_name='remark')),
                ('written_at', models.DateTimeField(auto_now_add=True, verbose_name='written')),
            ],
            options={
                'verbose_name': 'remark',
                'verbose_name_plural': 'remarks',
                'ordering': ('written_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='review due')),
                ('days_before', models.SmallIntegerField(verbose_name='days before')),
                ('sent_at', models.DateTimeField(auto_now_add=True, verbose_name='sent')),
            ],
            options={
                'verbose_name': 'reminder',
                'verbose_name_plural': 'reminders',
            },
        ),
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, verbose_name='code')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='SHA-256 of what it is about')),
                ('message', models.TextField(verbose_name='finding')),
                ('quote', models.TextField(blank=True, verbose_name='words')),
                ('reason', models.CharField(help_text='The reviewer reads it before signing.', max_length=500, verbose_name='reason')),
                ('waived_at', models.DateTimeField(auto_now_add=True, verbose_name='waived')),
            ],
            options={
                'verbose_name': 'waiver',
                'verbose_name_plural': 'waivers',
            },
        ),
        migrations.RemoveConstraint(
            model_name='revision',
            name='publishing_revision_scheduled_at',
        ),
        migrations.AddField(
            model_name='image',
            name='body_site',
            field=models.CharField(blank=True, help_text='For example “lower eyelid”.', max_length=100, verbose_name='body site'),
        ),
        migrations.AddField(
            model_name='image',
            name='consent',
            field=models.CharField(blank=True, choices=[('', 'not said yet'), ('not-needed', 'not needed: nobody can be recognised'), ('on-file', 'on file: the person agreed in writing')], default='', max_length=12, verbose_name='consent'),
        ),
        migrations.AddField(
            model_name='image',
            name='renditions',
            field=models.JSONField(default=list, editable=False, verbose_name='renditions'),
        ),
        migrations.AddField(
            model_name='image',
            name='skin_tone',
            field=models.CharField(blank=True, choices=[('', 'not said, or no skin to be seen'), ('1', 'type I'), ('2', 'type II'), ('3', 'type III'), ('4', 'type IV'), ('5', 'type V'), ('6', 'type VI')], default='', max_length=1, verbose_name='skin tone'),
        ),
        migrations.AddField(
            model_name='image',
            name='source',
            field=models.CharField(blank=True, help_text='Where the picture comes from: an address, a book, “own photograph”.', max_length=500, verbose_name='source'),
        ),
        migrations.AddField(
            model_name='page',
            name='review_due_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='review due'),
        ),
        migrations.AddField(
            model_name='page',
            name='review_months',
            field=models.PositiveSmallIntegerField(default=24, help_text='12 where the page is about medicines; never more than 36.', verbose_name='months between reviews'),
        ),
        migrations.AddField(
            model_name='page',
            name='review_pull_reason',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='why the review is due early'),
        ),
        migrations.AddField(
            model_name='revision',
            name='findings',
            field=models.JSONField(default=list, verbose_name='findings'),
        ),
        migrations.AddField(
            model_name='revision',
            name='scheduled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revisions_scheduled', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signoff',
            name='interests',
            field=models.TextField(blank=True, default='', verbose_name='conflict-of-interest statement'),
        ),
        migrations.AlterField(
            model_name='page',
            name='owner',
            field=models.ForeignKey(help_text='Is reminded by e-mail when the page is due for review.', limit_choices_to={'is_active': True, 'is_staff': True}, on_delete=django.db.models.deletion.PROTECT, related_name='pages_owned', to=settings.AUTH_USER_MODEL, verbose_name='owner'),
        ),
        migrations.AlterField(
            model_name='task',
            name='kind',
            field=models.CharField(choices=[('review-due', 'review due'), ('retracted-source', 'retracted source'), ('source-notice', 'notice about a source'), ('reader-report', "reader's report"), ('broken-link', 'broken link'), ('not-published', 'not published at its time')], max_length=20, verbose_name='kind'),
        ),
        migrations.AddIndex(
            model_name='page',
            index=models.Index(condition=models.Q(('review_due_on__isnull', False)), fields=['review_due_on'], name='publishing_page_review_due'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(condition=models.Q(('state', 'scheduled')), fields=['publish_at'], name='publishing_scheduled'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(condition=models.Q(('state', 'submitted')), fields=['submitted_at'], name='publishing_waiting'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.CheckConstraint(condition=models.Q(('review_months__gte', 1), ('review_months__lte', 36)), name='publishing_page_review_months', violation_error_message='A page is reviewed every 1 to 36 months.'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.CheckConstraint(condition=models.Q(('review_pull_reason', ''), ('review_due_on__isnull', False), _connector='OR'), name='publishing_page_pulled_review_is_due'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publish_at__isnull', False), ('scheduled_by__isnull', False), ('state', 'scheduled')), models.Q(models.Q(('state', 'scheduled'), _negated=True), ('publish_at', None), ('scheduled_by', None)), _connector='OR'), name='publishing_revision_scheduled_at'),
        ),
        migrations.AddField(
            model_name='event',
            name='account',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='event',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='publishing.page'),
        ),
        migrations.AddField(
            model_name='event',
            name='revision',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='publishing.revision'),
        ),
        migrations.AddField(
            model_name='imageuse',
            name='image',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='publishing.image'),
        ),
        migrations.AddField(
            model_name='imageuse',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='image_uses', to='publishing.revision'),
        ),
        migrations.AddField(
            model_name='link',
            name='pages',
            field=models.ManyToManyField(blank=True, related_name='links', to='publishing.page'),
        ),
        migrations.AddField(
            model_name='previewlink',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preview_links', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='previewlink',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preview_links', to='publishing.revision'),
        ),
        migrations.AddField(
            model_name='previewlink',
            name='revoked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='preview_links_revoked', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='remark',
            name='account',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='remark',
            name='preview_link',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='publishing.previewlink'),
        ),
        migrations.AddField(
            model_name='remark',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='publishing.revision'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='publishing.page'),
        ),
        migrations.AddField(
            model_name='waiver',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waivers', to='publishing.page'),
        ),
        migrations.AddField(
            model_name='waiver',
            name='waived_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waivers', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['page', '-happened_at'], name='publishing_event_by_page'),
        ),
        migrations.AddConstraint(
            model_name='imageuse',
            constraint=models.UniqueConstraint(fields=('revision', 'image'), name='publishing_imageuse_once'),
        ),
        migrations.AddConstraint(
            model_name='previewlink',
            constraint=models.CheckConstraint(condition=models.Q(('recipient', ''), _negated=True), name='publishing_previewlink_has_recipient', violation_error_message='Say whom the link is for.'),
        ),
        migrations.AddConstraint(
            model_name='previewlink',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('created_at'), '+', models.Value(datetime.timedelta(days=7))))), name='publishing_previewlink_ends', violation_error_message='A preview link lasts 1 to 7 days.'),
        ),
        migrations.AddConstraint(
            model_name='previewlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='publishing_previewlink_revoked_pair'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account', None), ('preview_link__isnull', False)), models.Q(('account__isnull', False), ('preview_link', None)), _connector='OR'), name='publishing_remark_has_one_writer'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='publishing_remark_has_text', violation_error_message='Write what you want to say.'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('page', 'due_on', 'days_before'), name='publishing_reminder_once'),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=models.UniqueConstraint(fields=('page', 'code', 'fingerprint'), name='publishing_waiver_once'),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='publishing_waiver_has_reason', violation_error_message='Say why this may stand.'),
        ),
    ]
