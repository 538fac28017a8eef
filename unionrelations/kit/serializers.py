"""The base every entity's serializer extends: the form's rules and the form's choices, in JSON."""

from __future__ import annotations

from django.core.exceptions import ValidationError as ModelError
from rest_framework import serializers
from rest_framework.fields import get_error_detail


class EntitySerializer(serializers.ModelSerializer):
    """Limits choices like the form does, and asks the model's own rules like the form does."""

    def build_relational_field(self, field_name, relation_info):
        field, options = super().build_relational_field(field_name, relation_info)
        if "queryset" in options:
            options["queryset"] = options["queryset"].visible_to(self.context["request"].user)
        return field, options

    def include_extra_kwargs(self, kwargs, extra_kwargs):
        """A choice that may be left blank is told blank also where it is only read, and the schema says so."""
        may_be_blank = "choices" in kwargs and kwargs.get("allow_blank", False)
        kwargs = super().include_extra_kwargs(kwargs, extra_kwargs)
        return kwargs | {"allow_blank": True} if may_be_blank else kwargs

    def validate(self, attrs):
        candidate = self.Meta.model()
        if self.instance is not None:
            candidate.__dict__.update(self.instance.__dict__)
        many = {one.name for one in self.Meta.model._meta.many_to_many}
        for name, value in attrs.items():
            if name not in many:
                setattr(candidate, name, value)
        try:
            candidate.clean()
            candidate.validate_constraints()
        except ModelError as refused:
            raise serializers.ValidationError(get_error_detail(refused)) from refused
        return attrs
