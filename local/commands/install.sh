#!/bin/sh
# Installs the locked npm packages, once when several commands ask for it at the same time.
set -eu
cd "$(dirname -- "$0")/../.."
mkdir -p .local

# Both lock tools end their lock with the process that holds it: Linux has the first, macOS the second.
if [ "${1-}" != locked ]; then
  if command -v flock >/dev/null 2>&1; then exec flock .local/install.lock sh local/commands/install.sh locked; fi
  if command -v lockf >/dev/null 2>&1; then exec lockf -k .local/install.lock sh local/commands/install.sh locked; fi
fi

done=node_modules/.package-lock.json
if [ -e "$done" ] && [ -z "$(find package-lock.json -newer "$done")" ]; then exit 0; fi

if ! command -v npm >/dev/null 2>&1; then
  echo "npm is needed and is not on PATH: install Node 22.18 or newer, which brings it." >&2
  exit 1
fi
start=$(date +%s)
echo "Installing the locked npm packages." >&2
npm ci --loglevel=error >/dev/null
touch "$done"
echo "  npm packages: done in $(($(date +%s) - start)) s" >&2
