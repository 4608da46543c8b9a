#!/bin/sh
# Installs the packages of `cmake --workflow --preset package` on a Debian 12 that has nothing, and tests them there:
#   sudo sh tests/package/on_bare_debian.sh [FOLDER]
# makes the system in FOLDER (default: a new one below /var/tmp) with debootstrap, and removes it when it ends.
set -eu
tree=$(cd "$(dirname "$0")/../.." && pwd)
packages=$tree/build/package/packages
[ "$(id -u)" -eq 0 ] || { echo "on_bare_debian: needs root for chroot" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "on_bare_debian: needs debootstrap" >&2; exit 1; }
version=$(sed -n 's/^project(LibNet VERSION \([0-9.]*\).*/\1/p' "$tree/CMakeLists.txt")
ls "$packages"/*_"$version"_*.deb >/dev/null || { echo "on_bare_debian: first: cmake --workflow --preset package" >&2; exit 1; }

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
cp "$packages"/*_"$version"_*.deb "$root/packages/"
cp -r "$tree/tests/package/consumer" "$root/consumer"
# The same packages as of an older version, to come from.
mkdir "$root/older"
for package in "$root"/packages/*.deb; do
    dpkg-deb --raw-extract "$package" "$root/older/tree"
    sed -i "/^Version:/s/$version/0.0.9/;s/(= $version)/(= 0.0.9)/" "$root/older/tree/DEBIAN/control"
    dpkg-deb --build "$root/older/tree" "$root/older/$(basename "$package")" >/dev/null
    rm -r "$root/older/tree"
done

chroot "$root" sh -eu <<'INSIDE'
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
# What is ours, wherever it lies.
ours() {
    find / -xdev \( -path /packages -o -path /older -o -path /consumer -o -path /proc -o -path /dev -o -path /tmp \) \
        -prune -o \( -name '*LibNet*' -o -name 'libnet-qt6*' -o -name '*net-inspector*' -o -path '*/include/libnet' \) -print
}
apt-get update -q
apt-get install -q -y --no-install-recommends /older/*.deb
dpkg-query -W -f='${Package} ${Version}\n' net-inspector libnet-qt6-dev
apt-get install -q -y --no-install-recommends /packages/*.deb g++ cmake make pkgconf
dpkg-query -W -f='${Package} ${Version}\n' net-inspector libnet-qt6-dev
net-inspector --version
LC_ALL=de_DE.UTF-8 net-inspector --help | head -n 3
for file in applications/net-inspector.desktop metainfo/net-inspector.metainfo.xml mime/packages/net-inspector.xml \
    man/man1/net-inspector.1.gz icons/hicolor/48x48/apps/net-inspector.png; do
    test -s "/usr/share/$file"
done
cmake -S /consumer -B /consumer/build
cmake --build /consumer/build
/consumer/build/round_trip /usr/bin/net-inspector
LIBNET_INSPECT=1 /consumer/build/round_trip /usr/bin/net-inspector | tee /tmp/said
grep -q ', listed' /tmp/said
/consumer/build/watched
QT_QPA_PLATFORM=offscreen /consumer/build/embedded
g++ -std=c++20 -fPIC /consumer/watched.cpp -o /consumer/by-pkg-config $(pkg-config --cflags --libs libnet-qt6-agent)
/consumer/by-pkg-config
g++ -std=c++20 -fPIC /consumer/round_trip.cpp -o /consumer/alone $(pkg-config --cflags --libs libnet-qt6)
/consumer/alone /usr/bin/net-inspector
packages=$(dpkg-query -W -f='${Package}\n' 'libnet-qt6*' net-inspector)
apt-get purge -q -y $packages
left=$(ours)
[ -z "$left" ] || { echo "on_bare_debian: left over: $left" >&2; exit 1; }
INSIDE
echo "on_bare_debian: an older version, this one over it, used by CMake and pkg-config, and purged"
