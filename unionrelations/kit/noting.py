"""What the house notes in a session by itself, beside what the person is doing.

Django writes a session whole, as it stood when the request began. A note that took its time so undoes what another
request of the same person kept meanwhile, such as the question a passkey has to answer. Notes therefore go into the
session as it stands when they are written, and it is held until they are.
"""

from contextlib import suppress

from django.contrib.sessions.backends.base import UpdateError
from django.db import transaction


def note(session, **values) -> None:
    """Adds `values` to the session of a request, here and where it is stored: nothing else in it changes there.

    A session that ended meanwhile stays ended.
    """
    is_modified = session.modified
    session.update(values)
    session.modified = is_modified  # so that it is not written whole for a note
    stored = session.model.objects.select_for_update().filter(session_key=session.session_key)
    with transaction.atomic(), suppress(UpdateError):
        if stored.first():
            now = type(session)(session.session_key)
            now.update(values)
            if now.session_key:  # else its time was over
                now.save()
