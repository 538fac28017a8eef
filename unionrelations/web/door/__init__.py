"""The door: signing in, the second factor, invitations, sessions and browsers. django-allauth opens and closes it; here
stands only what the house asks differently. Never knows a record."""
