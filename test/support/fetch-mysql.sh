#!/usr/bin/env bash
# Unpacks MySQL from Debian sid into a folder of its own, with the libraries it was built with. Nothing is installed.
# Debian's stable releases hold MariaDB only, and a MySQL of sid does not run on their libc.
# Usage: fetch-mysql.sh FOLDER   Does nothing when FOLDER holds a server. Fails when no Debian mirror answers.
set -euo pipefail

folder=$(realpath -m "$1")
server=usr/sbin/mysqld
[ -x "$folder/$server" ] && exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/lists/partial "$work"/cache/archives/partial "$work"/etc/preferences.d "$work"/root
touch "$work/status"

# The mirror from which this machine takes its own packages.
mirror=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL) $(COMPONENT)' 'Created-By: Packages' |
  awk '$2 == "Debian" && $3 == "Debian" && $4 == "main" { print $1; exit }')
: "${mirror:=http://deb.debian.org/debian/}"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >"$work/sources.list"

# An apt with an empty status, so that it also fetches the libraries that this machine has installed already.
apt() {
  apt-get -qq \
    -oDir::Etc="$work/etc" -oDir::Etc::SourceList="$work/sources.list" -oDir::Etc::SourceParts=/dev/null \
    -oDir::State="$work" -oDir::State::Lists="$work/lists" -oDir::State::status="$work/status" \
    -oDir::Cache="$work/cache" -oAPT::Install-Recommends=false -oAPT::Sandbox::User="$(id -un)" \
    -oAcquire::Languages=none -oAcquire::Retries=3 -oAcquire::http::Timeout=30 -oDebug::NoLocking=true "$@"
}

# When an index cannot be fetched, apt only warns; the package then has no candidate and the next line fails.
apt update
# Scripts that come with the server need Perl; the server does not.
packages=$(apt --simulate install mysql-server-core | awk '$1 == "Inst" && $2 !~ /perl|gdbm|libdb5/ { print $2 }')
(cd "$work/cache/archives" && apt download $packages)
for package in "$work"/cache/archives/*.deb; do dpkg-deb --extract "$package" "$work/root"; done
test -x "$work/root/$server"

mkdir -p "$(dirname "$folder")"
# Another process may have put the folder there first.
mv -T "$work/root" "$folder" 2>/dev/null || test -x "$folder/$server"
