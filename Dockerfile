# One image for web, worker, beat and sweeper; docker-compose.yml gives each its command.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATIC_ROOT=/srv/static VAR_DIR=/srv/var
WORKDIR /srv/portaal

COPY requirements/production.txt requirements/
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/production.txt

COPY manage.py ./
COPY cultuurportaal cultuurportaal
COPY partners partners
COPY agenda agenda
COPY netwerk netwerk
COPY templates templates
COPY static static
COPY locale locale

# Only to collect the static files: none of these values stays in the image.
RUN OMGEVING=productie SECRET_KEY=image SITE_ORIGIN=https://image ALLOWED_HOSTS=image MAIL_FROM=image@image \
    MAIL_URL=dummymail:// DATABASE_URL=postgres://image REDIS_URL=redis://image \
    python manage.py collectstatic --no-input --verbosity 0 \
 && useradd --system --uid 1000 portaal \
 && mkdir -p /srv/var/media /srv/var/private /srv/var/beat \
 && chown -R portaal /srv/var

USER portaal
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "cultuurportaal.wsgi:application"]
