"""Fields that choose people who sign in, told by name, role and union. Never decides who may be chosen."""

from __future__ import annotations

from unionrelations.kit.choosing import RecordField, RecordsField


class Told:
    def label_from_instance(self, obj) -> str:
        name = obj.get_full_name() or obj.get_username()
        told = [str(obj.get_role_display()), obj.union.label if obj.union else ""]
        return f"{name} ({', '.join(one for one in told if one)})"


class PersonField(Told, RecordField):
    pass


class PeopleField(Told, RecordsField):
    pass
