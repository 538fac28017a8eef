"""What the pages of imports say of one: how far it has come. Never asks the database."""

from django import template

from unionrelations.web.imports.preview import standing_of

register = template.Library()
register.simple_tag(standing_of, name="standing")
