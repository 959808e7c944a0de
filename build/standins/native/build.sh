#!/usr/bin/env bash
# Compiles torchstandin.cpp against the installed libtorch into artifacts/native/libtorchstandin.so.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../../.." && pwd)"
source="$here/torchstandin.cpp"
target="$root/artifacts/native/libtorchstandin.so"
header="/usr/include/torch/csrc/autograd/autograd.h"

if [ "$target" -nt "$source" ] && [ "$target" -nt "$header" ]; then
    echo "native: $target is up to date"
    exit 0
fi

if ! command -v g++ > /dev/null; then
    echo "native: g++ is missing; run build/setup.sh" >&2
    exit 1
fi

if [ ! -e "$header" ]; then
    echo "native: libtorch's headers are missing (Debian: libtorch-dev); run build/setup.sh" >&2
    exit 1
fi

echo "native: compiling $source"
mkdir -p "$(dirname "$target")"
partial="$(mktemp "$target.XXXXXX")"
trap 'rm -f "$partial"' EXIT
g++ -std=c++17 -O3 -fno-math-errno -fno-trapping-math -fopenmp -fPIC -shared -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter \
    -isystem /usr/include/torch/csrc/api/include \
    "$source" -o "$partial" -ltorch -ltorch_cpu -lc10 -ldl
chmod 755 "$partial"
mv "$partial" "$target"
echo "native: wrote $target"
