# Sourced by ./run and ./test: sees to it that what a build needs is installed. need PACKAGE... installs Debian packages that are missing;
# elsewhere need_commands COMMAND... names what is.

web_packages="cmake ninja-build g++ python3 emscripten python3-fonttools python3-brotli fonts-inter fonts-font-awesome libglm-dev nlohmann-json3-dev
  libcli11-dev libstb-dev doctest-dev esbuild ca-certificates"
desktop_packages="libglfw3-dev libgl-dev libegl-dev"
test_packages="clang clang-format clang-tidy libclang-rt-14-dev llvm binaryen chromium chromium-headless-shell firefox-esr webkit2gtk-driver xvfb xauth xdotool imagemagick
  libgl1-mesa-dri python3-torch python3-venv python3-pyflakes cmake-format dpkg-dev git"

is_debian() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null && [ -f /etc/debian_version ]; }

# The packages among $@ that are not installed.
missing_packages() {
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

install_packages() {
  local as_root=""
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "These Debian packages are missing, and installing them takes root: $*" >&2
      exit 1
    fi
    as_root=sudo
  fi
  echo "Installing $*"
  $as_root apt-get update -qq
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need() {
  local missing
  missing=$(missing_packages "$@")
  # Node.js is welcome from anywhere.
  command -v node >/dev/null || missing="$missing nodejs"
  command -v npm >/dev/null || [ -z "${need_npm-}" ] || missing="$missing npm"
  [ -z "${missing//[[:space:]]/}" ] || install_packages $missing
}

need_commands() {
  local missing=""
  for command in "$@"; do command -v "$command" >/dev/null || missing="$missing $command"; done
  if [ -n "$missing" ]; then
    echo "Not found:$missing. Stride needs Emscripten 3.1.6 or newer, a C++20 compiler, CMake 3.25, Ninja, Python 3, Node.js 18, esbuild and," \
         "for the desktop, OpenGL; on Debian 12 this script installs them." >&2
    exit 1
  fi
}
