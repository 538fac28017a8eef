# One image for the web server, the worker and the beat; docker-compose.yml gives each its command.

FROM node:24-slim AS packages
WORKDIR /house
COPY package.json package-lock.json .npmrc ./
RUN npm ci

FROM python:3.13-slim AS build
ENV PATH=/venv/bin:$PATH
WORKDIR /house
COPY requirements.txt ./
RUN python -m venv /venv && pip install --no-cache-dir --require-hashes -r requirements.txt
COPY --from=packages /house/node_modules node_modules
COPY . .
# The key is for this command only: collecting files signs nothing, and the image must not hold a key.
RUN SECRET_KEY=only-for-collecting python manage.py collectstatic --noinput --verbosity 0

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DATA_DIR=/data WEB_CONCURRENCY=4
RUN useradd --system --uid 10001 --no-create-home house && install --directory --owner house /data /backups
COPY --from=build /venv /venv
COPY --from=build /house /house
WORKDIR /house
USER house
VOLUME /data /backups
EXPOSE 8000
# Asks under a name the house answers to; /healthz is the one address that is not sent on to HTTPS.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import os, urllib.request as web; \
host = os.environ.get('ALLOWED_HOSTS', '').split(',')[0].lstrip('.*') or 'localhost'; \
web.urlopen(web.Request('http://127.0.0.1:8000/healthz', headers={'Host': host}), timeout=4)"]
CMD ["gunicorn", "unionrelations.wsgi", "--config", "python:unionrelations.serving", "--bind", "0.0.0.0:8000", \
     "--access-logfile", "-"]
