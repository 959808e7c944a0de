#!/usr/bin/env bash
# Sets up, builds and runs the sample ClusterImages: k-means beside DDC-UCO on real images, then the saved model in a second process.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
sample="$root/samples/ClusterImages"
program="$root/artifacts/bin/ClusterImages/release/ClusterImages.dll"
images=/usr/share/datasets/fashion-mnist
package=dataset-fashion-mnist

usage() {
    cat << 'HELP'
Usage: build/demo.sh [options of the sample]

Runs build/setup.sh, gets Debian's Fashion-MNIST images unless they are there or others are named, builds the sample
ClusterImages, clusters the images by k-means and by DDC-UCO, writes a report, and scores some images in a second process.

Options of the sample, among others:
  --rows N                       the number of images (default: 10000)
  --epochs N                     epochs of DDC-UCO
  --images FILE --labels FILE    other images: two IDX files, gzipped or plain
  --usps FILE...                 other images: files of USPS text
  --model FILE                   where the model goes (default: artifacts/demo/model.zip)
  --report FILE                  where the report goes (default: report.html beside the model, so artifacts/demo/report.html)
  -h, --help                     show this text
HELP
}

# What of the arguments is for scoring as well, which knows the images and the model but no training.
training=()
scoring=()
model=(--model "$root/artifacts/demo/model.zip")
model_file="${model[1]}"
own_images=
report_file=
previous=
use=both
for argument in "$@"; do
    case "$previous $argument" in
        *" --model="*) model_file="${argument#--model=}" ;;
        *" --report="*) report_file="${argument#--report=}" ;;
        "--model "*) model_file="$argument" ;;
        "--report "*) report_file="$argument" ;;
    esac
    previous="$argument"
    case "$argument" in
        -h | --help) usage; exit 0 ;;
        --rows | --epochs | --clusters | --seed | --threads) use=training ;;
        --model | --model=*) model=(); use=both ;;
        --images | --images=* | --labels | --labels=* | --usps | --usps=*) own_images=yes; use=both ;;
        --*) use=training ;;
    esac
    training+=("$argument")
    [ "$use" = training ] || scoring+=("$argument")
done

install_images() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
        install --no-install-recommends "$package" < /dev/null > /dev/null
}

get_images() {
    if [ -n "$own_images" ] || [ -d "$images" ]; then
        return
    fi
    if ! command -v apt-get > /dev/null || [ "$(id -u)" -ne 0 ]; then
        echo "demo: the images are missing, and installing Debian's $package needs apt-get and root." >&2
        echo "      Run: sudo apt-get install $package, or name other images with --images and --labels, or --usps." >&2
        exit 1
    fi
    echo "demo: installing $package"
    install_images 2> /dev/null || { apt-get -q update < /dev/null > /dev/null && install_images; } || {
        echo "demo: apt-get could not install $package; name other images with --images and --labels, or --usps." >&2
        exit 1
    }
}

"$root/build/setup.sh" < /dev/null
get_images

echo "demo: building"
dotnet build "$sample" -c Release -v quiet -nologo -tl:off < /dev/null

echo "demo: clustering"
dotnet "$program" "${model[@]}" "${training[@]}"

echo "demo: scoring in a second process"
dotnet "$program" score "${model[@]}" "${scoring[@]}"

echo "demo: the report is ${report_file:-$(dirname "$model_file")/report.html}"
echo "demo: $SECONDS s in all"
