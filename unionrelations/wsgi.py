"""What a web server loads: `gunicorn unionrelations.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionrelations.settings")

application = get_wsgi_application()
