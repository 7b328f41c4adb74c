FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt requirements-channels.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
# docker build --build-arg EXTRAS=channels: team cards in Teams or Slack (docs/operations.md).
ARG EXTRAS=
RUN set -e; for extra in $EXTRAS; do \
      /venv/bin/pip install --no-cache-dir --require-hashes -r "requirements-$extra.txt"; done
COPY config ./config
RUN for po in config/translations/*/LC_MESSAGES/*.po; do \
      /venv/bin/pybabel compile --locale=nl --input-file="$po" --output-file="${po%.po}.mo"; done

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app beklijf
WORKDIR /app
COPY --from=build /venv /venv
COPY --chown=root:root . .
COPY --from=build /app/config ./config
RUN mkdir -p var erased audit && chown beklijf var erased audit
USER beklijf
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
EXPOSE 8420
CMD ["gunicorn", "--config", "config/gunicorn.py", "lti_tool.app:create_app()"]
