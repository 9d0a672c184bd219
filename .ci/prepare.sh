#!/usr/bin/env bash
# Installs what the stages of .ci/run use: an X server without a screen, hands for it, and the independent API checkers.
set -euo pipefail
cd "$(dirname "$0")/.."

export DEBIAN_FRONTEND=noninteractive
if [ "$(id -u)" -eq 0 ]; then
    apt-get update -q
    apt-get install -y -q --no-install-recommends \
        ca-certificates python3 python3-venv python3-aiosmtpd \
        xvfb openbox xdotool x11-utils imagemagick \
        libx11-6 libx11-xcb1 libxcb1 libxcursor1 libxi6 libxrender1 libxkbcommon0 libxkbcommon-x11-0 \
        desktop-file-utils appstream
else
    printf 'not root: what is missing is not installed\n'
fi

# Formatter and linter belong to the toolchain; a minimal one lacks them.
for part in rustfmt clippy; do
    if ! cargo "${part/rustfmt/fmt}" --version >/dev/null 2>&1; then
        rustup component add "$part"
    fi
done

tools=target/ci/tools
if [ ! -x "$tools/bin/schemathesis" ]; then
    mkdir -p target/ci
    python3 -m venv "$tools" || /usr/bin/python3 -m venv --clear "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check -r .ci/requirements.txt
fi
