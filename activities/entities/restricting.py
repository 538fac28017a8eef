"""The line in an activity's form that restricts it from its first moment on. Who else reads it is said on its page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _

from activities.models import Restriction
from activities.models.restrictions import RESTRICT


class Restricting:
    """The part of an activity's form that keeps it from being read by everybody before anybody could say so."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.user.has_perm(RESTRICT):
            said = _("Only you read it at first, and name others on its page. No number counts it meanwhile.")
            self.fields["restricted"] = forms.BooleanField(required=False, label=_("Restrict access"), help_text=said)

    def _save_m2m(self):
        super()._save_m2m()
        if self.cleaned_data.get("restricted"):
            Restriction(activity=self.instance.activity_ptr, set_by=self.user).begin()
            self.instance.code, self.user.is_named = None, True
