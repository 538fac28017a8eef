"""A step in the life of an activity: what it asks of whoever takes it, and taking it with that.

Never decides whose a step is, nor what follows from it: `activities.models.life` does.
"""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from activities.entities.parts import PaperForm
from activities.models import STEPS, Life, Paper, Step, StepTaken
from unionrelations.kit.upload_forms import FileInput

PAPER = "paper"  # what the fields of the paper begin with


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why, in a few words.")},
    )


class StepPaperForm(PaperForm):
    """The paper a step asks for; of which kind it is the step says."""

    class Meta:
        model = Paper
        fields = ("number", "day", "file")
        widgets = {"file": FileInput}


class Going:
    """A step somebody is about to take: what is asked of them, and what they sent; None where they only look."""

    def __init__(self, life: Life, step: Step, data=None, files=None):
        self.life, self.way, self.sent = life, STEPS[step], (data, files)

    @cached_property
    def forms(self) -> list[forms.BaseForm]:
        asked: list[forms.BaseForm] = []
        if self.way.asks_reason:
            asked.append(ReasonForm(self.sent[0], auto_id="step-%s"))
        if self.life.lacks(self.way):
            paper = Paper(activity_id=self.life.activity.pk, kind=self.way.paper)
            asked.append(StepPaperForm(*self.sent, instance=paper, user=self.life.user, prefix=PAPER))
        return asked

    @property
    def paper(self) -> str:
        """The paper asked for, in words; "" where it lies there already."""
        return str(Paper.Kind(self.way.paper).label) if self.life.lacks(self.way) else ""

    def take(self, now: datetime) -> StepTaken | None:
        """None where what was sent does not do; the forms say why. Raises NotNow where the step is not open."""
        valid = [one.is_valid() for one in self.forms]  # each says all that is wrong with it
        if not all(valid):
            return None
        with transaction.atomic():
            self.life.hold()  # as every edit of it does before its rows are written
            reason = ""
            for one in self.forms:
                if isinstance(one, StepPaperForm):
                    one.save()
                else:
                    reason = one.cleaned_data["reason"]
            return self.life.take(self.way.step, now, reason)
