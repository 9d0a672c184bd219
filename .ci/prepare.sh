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
        desktop-file-utils appstream \
        dbus gnome-keyring
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

# The gate for dependencies, and the fuzzers' driver: built once, kept beside the build.
if [ ! -x target/ci/cargo/bin/cargo-deny ] || [ ! -x target/ci/cargo/bin/cargo-fuzz ]; then
    cargo install --quiet --locked --root target/ci/cargo --target-dir target/ci/build cargo-deny@0.20.2 cargo-fuzz@0.13.2
    rm -rf target/ci/build
fi

# The tests of signing in start a real provider, which wants a newer node than Debian has.
if [ ! -x "$tools/bin/npm" ]; then
    "$tools/bin/pip" install --quiet --disable-pip-version-check -r .ci/requirements.txt
fi
provider=target/ci/oidc
if ! cmp --silent tests/it/signing_in/package-lock.json "$provider/installed.json"; then
    mkdir -p "$provider"
    cp tests/it/signing_in/package.json tests/it/signing_in/package-lock.json "$provider/"
    PATH=$PWD/$tools/bin:$PATH npm ci --prefix "$provider" --no-audit --no-fund --ignore-scripts
    cp tests/it/signing_in/package-lock.json "$provider/installed.json"
fi
