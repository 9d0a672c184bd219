#!/usr/bin/env bash
# The desktop file and the description for software centres are well-formed.
set -euo pipefail
cd "$(dirname "$0")/../packaging/linux"

desktop-file-validate dk.skranke.Skranke.desktop
appstreamcli validate --no-net dk.skranke.Skranke.metainfo.xml
python3 - <<'PYTHON'
import xml.etree.ElementTree as tree
tree.parse("dk.skranke.Skranke.svg")
PYTHON
