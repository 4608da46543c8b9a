#!/bin/sh
# Installs the packages of `cmake --workflow --preset package` on a Debian 12 that has nothing, and tests them there:
#   sudo sh tests/package/on_bare_debian.sh [FOLDER]
# makes the system in FOLDER (default: a new one below /var/tmp) with debootstrap, and removes it when it ends.
set -eu
tree=$(cd "$(dirname "$0")/../.." && pwd)
packages=$tree/build/package/packages
[ "$(id -u)" -eq 0 ] || { echo "on_bare_debian: needs root for chroot" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "on_bare_debian: needs debootstrap" >&2; exit 1; }
ls "$packages"/*.deb >/dev/null || { echo "on_bare_debian: first: cmake --workflow --preset package" >&2; exit 1; }

root=${1:-$(mktemp -d /var/tmp/bare-debian.XXXXXX)}
clean() {
    umount -l "$root/proc" "$root/dev" 2>/dev/null || :
    rm -rf --one-file-system "$root"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM
mirror=$(sed -n 's/^URIs: *//p;s/^deb \([^ ]*\).*/\1/p' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)
debootstrap --variant=minbase bookworm "$root" "${mirror:-http://deb.debian.org/debian}"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
cp /etc/resolv.conf "$root/etc/resolv.conf"
[ -d /etc/apt/apt.conf.d ] && cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
mkdir "$root/packages"
cp "$packages"/*.deb "$root/packages/"
cp -r "$tree/tests/package/consumer" "$root/consumer"

chroot "$root" sh -eu <<'INSIDE'
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
apt-get update -q
apt-get install -q -y --no-install-recommends /packages/*.deb g++ cmake make pkgconf
net-inspector --version
cmake -S /consumer -B /consumer/build
cmake --build /consumer/build
/consumer/build/round_trip /usr/bin/net-inspector
LIBNET_INSPECT=1 /consumer/build/round_trip /usr/bin/net-inspector
/consumer/build/watched
g++ -std=c++20 -fPIC /consumer/watched.cpp -o /consumer/by-pkg-config $(pkg-config --cflags --libs libnet-qt6-agent)
/consumer/by-pkg-config
apt-get remove -q -y libnet-qt6-0 net-inspector
! ls /usr/lib/*/libLibNet* /usr/bin/net-inspector 2>/dev/null
INSIDE
echo "on_bare_debian: installed, used and removed"
