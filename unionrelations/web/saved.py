"""The pages on which a person keeps lists under names, renames, shares and forgets them. Never shows a row."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from unionrelations.accounts.models import Union, User
from unionrelations.kit.filters import LongSelect

from .asked import tidy
from .entities import EntityMixin
from .models import SavedView

LONGEST = 4000  # characters of a question


class ViewForm(forms.ModelForm):
    """A name for a list, and the union it is shared with: one's own or one below it. An auditor keeps theirs alone."""

    query = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)

    class Meta:
        model = SavedView
        fields = ("name", "shared_with", "query")
        widgets = {"shared_with": LongSelect}

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        if user.role == User.Role.AUDITOR or user.union_id is None:
            del self.fields["shared_with"]
        else:
            self.fields["shared_with"].queryset = Union.objects.visible_to(user)
            self.fields["shared_with"].empty_label = gettext_lazy("nobody")

    def clean_query(self):
        """The state of a list as its address holds it, whatever was sent."""
        return tidy(QueryDict(self.cleaned_data["query"].removeprefix("?"))).urlencode(safe=",")

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"owner", "slug"}  # a person names a view once


class SavedViews(EntityMixin, TemplateView):
    """One's own lists of an entity, each with its form; a new one comes from the list itself."""

    page = "views"

    def post(self, request, *args, **kwargs):
        mine = SavedView.objects.writable_by(request.user)
        pk = kwargs.get("pk")
        view = get_object_or_404(mine, pk=pk, slug=self.entity.slug) if pk else SavedView()
        view.owner, view.slug = request.user, self.entity.slug
        data = request.POST.copy()
        if pk:
            data.setdefault("query", view.query)
        form = ViewForm(data, instance=view, user=request.user, prefix=None)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(refused=form), status=422)
        kept = form.save()
        messages.success(request, _("The list “%(name)s” is kept.") % {"name": kept.name})
        return redirect(f"{self.address('list')}?{kept.query}" if not pk else self.address("views"))

    def get_context_data(self, refused=None, **context):
        user = self.request.user
        seen = SavedView.objects.visible_to(user).filter(slug=self.entity.slug).select_related("owner", "shared_with")
        own = [one for one in seen if one.owner_id == user.pk]
        forms_of = [(one, ViewForm(instance=one, user=user, auto_id=f"view-{one.pk}-%s")) for one in own]
        if refused is not None and refused.instance.pk:
            forms_of = [(one, refused if one.pk == refused.instance.pk else form) for one, form in forms_of]
        return super().get_context_data(
            own=forms_of,
            fresh=refused if refused is not None and not refused.instance.pk else None,
            shared=[one for one in seen if one.owner_id != user.pk],
            **context,
        )


class ForgetView(EntityMixin, View):
    def post(self, request, pk: int):
        mine = SavedView.objects.writable_by(request.user)
        view = get_object_or_404(mine, pk=pk, slug=self.entity.slug)
        view.delete()
        messages.success(request, _("The list “%(name)s” is forgotten; its records stay.") % {"name": view.name})
        return redirect(self.address("views"))
