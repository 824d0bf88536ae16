# Sourced by bin/demo and bin/test, with $lock (a requirements file) and $tools (system commands that the tests need):
# moves to the root of the project and leaves there a .venv that holds exactly what the lock says.
# Speaks on the error output only.

say() { printf '%s\n' "$*" >&2; }

# Without a PATH, the shell has one of its own that it keeps from what it starts.
export PATH="${PATH:-/usr/local/bin:/usr/bin:/bin}"

start=$PWD
cd -P -- "$(dirname -- "$0")/.."

find_python() {
  for python in python3 python3.13 python3.12 python3.11; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
  done
  python=
}

# Debian's ldconfig stands in a folder that only root has in its PATH.
has_library() { PATH=$PATH:/usr/sbin:/sbin ldconfig -p | grep -qF "$1"; }

find_missing() {
  missing=
  find_python
  if [ -z "$python" ]; then
    missing="python3 python3-venv"
  elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    missing="$python-venv"
  fi
  for tool in $tools; do
    case $tool in
      chromium) command -v chromium >/dev/null || missing="$missing chromium" ;;
      pango) has_library libpangoft2-1.0.so.0 || missing="$missing libpangoft2-1.0-0" ;;
      harfbuzz) has_library libharfbuzz-subset.so.0 || missing="$missing libharfbuzz-subset0" ;;
      poppler) command -v pdfinfo >/dev/null || missing="$missing poppler-utils" ;;
      postgresql) command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql" ;;
    esac
  done
}

find_missing
if [ -n "$missing" ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    say "Il manque des paquets du système. Installez-les, puis relancez :"
    say "  sudo apt-get update && sudo apt-get install --no-install-recommends" $missing
    exit 1
  fi
  say "Installation des paquets du système :" $missing
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
  find_missing
  if [ -n "$missing" ]; then
    say "Plan CTG demande Python 3.11 ou plus récent, et :" $missing
    exit 1
  fi
fi

# A stamp says which lock the environment holds, on which Python. That of the tests serves the demonstration too.
stamp() { printf '%s %s' "$(sha256sum <"$1")" "$(.venv/bin/python -VV 2>/dev/null | tr '\n' ' ')"; }

built=$(cat .venv/stamp 2>/dev/null || true)
if [ "$built" != "$(stamp "$lock")" ] && [ "$built" != "$(stamp requirements-dev.txt)" ]; then
  say "Préparation de l’environnement Python (.venv)…"
  rm -rf .venv
  "$python" -m venv .venv
  .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --only-binary :all: -r "$lock" >&2
  stamp "$lock" >.venv/stamp
fi
