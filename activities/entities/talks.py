"""The minutes of talks at an activity as pages show them, entered together with what both sides promised."""

from __future__ import annotations

import django_tables2 as tables
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import FollowUp, Talk
from partners.models import Partner
from unionrelations.kit.forms import PartForm
from unionrelations.kit.tables import EntityTable
from unionrelations.kit.windows import day_in_words


def partners_of(activity_id: int):
    """The partners that took part in an activity, each once."""
    return Partner.objects.filter(roles__activity=activity_id).distinct()


class TalkForm(PartForm):
    """A new talk takes its promises along, one a line: each becomes a promise of the activity."""

    PROMISED = {"ours": FollowUp.Side.US, "theirs": FollowUp.Side.THEM}

    ours = forms.CharField(
        required=False,
        max_length=10_000,
        label=gettext_lazy("What we promised"),
        help_text=gettext_lazy("One promise a line. Days and names are added below the talk."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    theirs = forms.CharField(
        required=False,
        max_length=10_000,
        label=gettext_lazy("What they promised"),
        help_text=gettext_lazy("One promise a line."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Talk
        fields = ("day", "partner", "with_whom", "topics", "agreed")
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("topics", "agreed")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        partners = list(partners_of(self.instance.activity_id)[:2])
        if partners:
            self.fields["partner"].queryset = partners_of(self.instance.activity_id)
        if self.instance.pk or not self.user.has_perm("activities.add_followup"):
            for name in self.PROMISED:
                del self.fields[name]
        elif len(partners) == 1:
            self.initial["partner"] = partners[0].pk

    def clean(self):
        cleaned = super().clean()
        most = FollowUp._meta.get_field("what").max_length or 0
        for name in self.PROMISED:
            for line in self._promises(name):
                if len(line) > most:
                    said = _("“%(begin)s…” is longer than %(most)d characters.")
                    self.add_error(name, ValidationError(said % {"begin": line[:40], "most": most}))
        return cleaned

    def _promises(self, name: str) -> list[str]:
        return [line for one in (self.cleaned_data.get(name) or "").splitlines() if (line := " ".join(one.split()))]

    def _save_m2m(self):
        super()._save_m2m()
        for name, side in self.PROMISED.items():
            for what in self._promises(name):
                known = FollowUp.objects.filter(activity=self.instance.activity_id, what=what, side=side)
                if not known.exists():
                    more = {"partner": self.instance.partner, "changed_by": self.user}
                    FollowUp.objects.create(activity_id=self.instance.activity_id, what=what, side=side, **more)


class TalkTable(EntityTable):
    with_whom = tables.Column(empty_values=(), verbose_name=gettext_lazy("With whom"))
    topics = tables.Column()
    agreed = tables.Column()

    class Meta(EntityTable.Meta):
        model = Talk
        fields = ("with_whom", "topics", "agreed")
        orderable = False

    def render_with_whom(self, record):
        first = record.with_whom or (record.partner and str(record.partner)) or _("not known")
        more = [record.with_whom and record.partner and str(record.partner), record.day and day_in_words(record.day)]
        sub = ", ".join(filter(None, more))
        return format_html("<b>{}</b>{}", first, format_html('<span class="sub">{}</span>', sub) if sub else "")

    def render_topics(self, value):
        return format_html('<div class="as-typed">{}</div>', value)

    render_agreed = render_topics
