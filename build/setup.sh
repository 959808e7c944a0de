#!/usr/bin/env bash
# Gets the libraries that a build needs: the real packages if they can be restored, else Debian's libtorch for the stand-ins.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
choice_file="$root/build/Dependencies.local.props"
# The last is for the sample and for the tests on real images.
needed=(libtorch-dev libopenblas0-openmp g++ dataset-fashion-mnist)
mode=auto

usage() {
    cat << 'HELP'
Usage: build/setup.sh [--packages | --standins | --retry-packages]

Chooses where ML.NET and TorchSharp come from, and gets what that needs.
Without an option: the NuGet packages if they can be restored, else the stand-ins of build/standins
over Debian's libtorch, which needs apt-get and, the first time, root. Safe to run again at any time.

  --packages        use the packages, without trying them
  --standins        use the stand-ins, without trying the packages
  --retry-packages  try the packages again, although the stand-ins are chosen
  -h, --help        show this text

The choice is kept in build/Dependencies.local.props, which git ignores; without that file the packages are used.
HELP
}

say() { echo "setup: $*"; }

fail() {
    echo "setup: $1" >&2
    shift
    for line in "$@"; do
        echo "       $line" >&2
    done
    exit 1
}

for argument in "$@"; do
    case "$argument" in
        --packages) mode=packages ;;
        --standins) mode=standins ;;
        --retry-packages) mode=retry ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; fail "unknown option '$argument'" ;;
    esac
done

require_dotnet() {
    command -v dotnet > /dev/null || fail "the .NET SDK is missing: 'dotnet' is not on the PATH." \
        "Install the .NET SDK 10 and run this again. Under sudo, keep the PATH: sudo env \"PATH=\$PATH\" build/setup.sh"
    local newest
    newest="$(dotnet --list-sdks | sed 's/\..*//' | sort -n | tail -n 1)"
    [ "${newest:-0}" -ge 10 ] || fail "the .NET SDK 10 is needed; the newest one here is ${newest:-none}." "Install the .NET SDK 10 and run this again."
}

version() { sed -n "s:.*<$1[ >].*>\(.*\)</$1>.*:\1:p" "$root/build/Versions.props"; }

packages_are_cached() {
    local cache="${NUGET_PACKAGES:-${HOME:-/root}/.nuget/packages}"
    local runtime="${TorchSharpRuntime:-TorchSharp-cpu}"
    [ -d "$cache/microsoft.ml/$(version MicrosoftMLVersion)" ] \
        && [ -d "$cache/microsoft.ml.torchsharp/$(version MicrosoftMLTorchSharpVersion)" ] \
        && [ -d "$cache/${runtime,,}/$(version TorchSharpVersion)" ]
}

# Restores a project outside the repository that refers to the packages named; the user's own NuGet sources apply.
try_restore() {
    local seconds="$1"
    shift
    {
        echo '<Project Sdk="Microsoft.NET.Sdk">'
        echo "  <Import Project=\"$root/build/Versions.props\" />"
        echo "  <Import Project=\"$root/build/Dependencies.props\" />"
        echo '  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>'
        echo "  <ItemGroup>$*</ItemGroup>"
        echo '</Project>'
    } > "$trial/Trial.csproj"
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 timeout "$seconds" \
        dotnet restore "$trial/Trial.csproj" -v quiet -nodeReuse:false < /dev/null > "$trial/log" 2>&1
}

reference() { echo "<PackageReference Include=\"$1\" Version=\"$2\" />"; }

packages_can_be_restored() {
    if packages_are_cached; then
        say "the packages are in NuGet's cache"
        return 0
    fi
    trial="$(mktemp -d)"
    trap 'rm -rf "$trial"' EXIT
    cp "$root/NuGet.config" "$trial/"
    say "trying to restore Microsoft.ML $(version MicrosoftMLVersion)"
    if try_restore 90 "$(reference Microsoft.ML '$(MicrosoftMLVersion)')"; then
        say "it can be; restoring Microsoft.ML.TorchSharp and TorchSharp's native package too (some hundred megabytes the first time)"
        try_restore 1800 "$(reference Microsoft.ML '$(MicrosoftMLVersion)')" \
            "$(reference Microsoft.ML.TorchSharp '$(MicrosoftMLTorchSharpVersion)')" \
            "$(reference '$(TorchSharpRuntime)' '$(TorchSharpVersion)')" && return 0
    fi
    local reason
    reason="$(sed -n 's/.*error \(NU[0-9]*: [^[]*\).*/\1/p' "$trial/log" | head -n 1)"
    say "the packages cannot be restored: ${reason:-no answer in time}"
    return 1
}

use_packages() {
    rm -f "$choice_file"
    say "using the packages; 'dotnet build' is all it takes"
}

is_installed() { [ "$(dpkg-query -W -f '${Status}' "$1" 2> /dev/null || true)" = "install ok installed" ]; }

missing_packages() {
    local package
    for package in "${needed[@]}"; do
        is_installed "$package" || echo "$package"
    done
}

install_debian_packages() {
    local missing
    missing="$(missing_packages | tr '\n' ' ')"
    if [ -z "$missing" ]; then
        say "installed already: ${needed[*]}"
        return
    fi
    [ "$(id -u)" -eq 0 ] || fail "these Debian packages are missing, and installing them needs root: $missing" \
        "Run: sudo env \"PATH=\$PATH\" build/setup.sh"
    export DEBIAN_FRONTEND=noninteractive
    say "updating the package lists"
    apt-get -q -o DPkg::Lock::Timeout=300 update < /dev/null > /dev/null \
        || say "not all package lists could be updated; going on with those there are"
    say "installing $missing(some minutes the first time)"
    # shellcheck disable=SC2086 # a list of words
    apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install --no-install-recommends $missing < /dev/null > "$log" 2>&1 || {
        tail -n 15 "$log" >&2
        fail "apt-get could not install: $missing" \
            "Is the network reachable, and is this Debian 12 or later? Any system with these packages will do."
    }
}

# libtorch calls the system's BLAS. The reference one is some thirty times slower than OpenBLAS; the OpenBLAS with threads of its own
# fights with OpenMP's over the cores.
choose_openblas() {
    local name current triple
    while read -r name _ current; do
        case "$name" in
            libblas.so.3-* | liblapack.so.3-* | libopenblas.so.0-*) ;;
            *) continue ;;
        esac
        [[ "$current" == */openblas-openmp/* ]] && continue
        triple="${name#*.so.[03]-}"
        [ "$(id -u)" -eq 0 ] || fail "the system's ${name%%-*} is $current, which is slow; changing it needs root." \
            "Run: sudo env \"PATH=\$PATH\" build/setup.sh"
        say "choosing OpenBLAS as the system's ${name%%-*}"
        update-alternatives --quiet --set "$name" "/usr/lib/$triple/openblas-openmp/${name%%-*}"
    done < <(update-alternatives --get-selections)
}

# Under sudo the files belong to who called it.
give_to_caller() {
    if [ -n "${SUDO_UID:-}" ] && [ "$(id -u)" -eq 0 ]; then
        chown -R "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" "$@"
    fi
}

use_standins() {
    if ! command -v apt-get > /dev/null || ! command -v dpkg-query > /dev/null; then
        fail "the stand-ins need Debian's libtorch, and this system has no apt-get." \
            "Either give NuGet a source that carries Microsoft.ML, Microsoft.ML.TorchSharp and TorchSharp-cpu and run build/setup.sh --retry-packages," \
            "or work on Debian 12 or later, in a container for instance."
    fi
    log="$(mktemp)"
    trap 'rm -rf "$log" "${trial:-$log}"' EXIT
    install_debian_packages
    choose_openblas
    "$root/build/standins/native/build.sh"
    give_to_caller "$root/artifacts"
    local choice='<Project><PropertyGroup><DependencySource>standins</DependencySource></PropertyGroup></Project>'
    if [ "$(cat "$choice_file" 2> /dev/null || true)" != "$choice" ]; then
        say "writing build/Dependencies.local.props"
        echo "$choice" > "$choice_file"
        give_to_caller "$choice_file"
    fi
    say "using the stand-ins for ML.NET and TorchSharp (build/standins/README.md)"
}

require_dotnet
case "$mode" in
    packages) use_packages ;;
    standins) use_standins ;;
    auto)
        if [ -e "$choice_file" ] && [ -z "$(command -v dpkg-query > /dev/null && missing_packages)" ]; then
            use_standins
        elif packages_can_be_restored; then
            use_packages
        else
            use_standins
        fi
        ;;
    retry)
        if packages_can_be_restored; then use_packages; else use_standins; fi
        ;;
esac
