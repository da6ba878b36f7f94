#!/usr/bin/env bash
# Makes this machine a server of Neo4j. Runs at each start of the machine, before Neo4j; the second time it changes nothing.
set -euo pipefail

root=${NEO4J_ROOT:-} # tests give a folder
# shellcheck source=/dev/null
source "$root/etc/neo4j-server/settings.env"

opt=$root/opt
home=$opt/neo4j
data=$root$DATA_FOLDER
certificates=$root/etc/neo4j/certificates

fail() {
  echo "neo4j-setup: $*" >&2
  exit 1
}

# ---- the volume

wait_for_volume() {
  local waited=0
  until [[ -e $1 ]]; do
    ((waited++ < 300)) || fail "the data volume $1 was not attached within five minutes"
    sleep 1
  done
}

# Formats a volume that was never written to, and no other: whatever else there is may be the database.
prepare_volume() {
  local device=$1 status=0 found
  found=$(blkid --probe --output value --match-tag TYPE --match-tag PTTYPE "$device") || status=$?
  case $status in
    0)
      [[ $found == ext4 ]] || fail "$device holds $found, and not the file system of Neo4j: left as it is"
      return
      ;;
    2) ;; # nothing that is known
    *) fail "what $device holds cannot be told (blkid: $status): left as it is" ;;
  esac
  cmp --silent --bytes=$((64 << 20)) "$device" /dev/zero ||
    fail "$device holds something that is no file system: left as it is"
  mkfs.ext4 -q -m 0 -L neo4j "$device"
  echo "neo4j-setup: formatted the new volume $device"
}

mount_volume() {
  local line="$DATA_DEVICE $DATA_FOLDER ext4 noatime,nofail 0 2"
  mkdir -p "$data"
  touch "$root/etc/fstab"
  grep -qxF "$line" "$root/etc/fstab" || echo "$line" >>"$root/etc/fstab"
  mountpoint -q "$data" || mount "$data"
  # A volume that was made larger.
  resize2fs "$1" >/dev/null
}

# ---- the software

# fetch OBJECT SHA256 FILE
fetch() {
  local partial=$3.partial
  aws s3 cp --only-show-errors "s3://$SOFTWARE_PLACE$1" "$partial"
  echo "$2  $partial" | sha256sum --check --status || {
    rm -f "$partial"
    fail "s3://$SOFTWARE_PLACE$1 is not what was pinned: its SHA-256 is another"
  }
  mv "$partial" "$3"
}

# unpack NAME OBJECT SHA256: /opt/NAME, from an archive with one folder
unpack() {
  local folder=$opt/$1-${3:0:16} archive
  if [[ ! -d $folder ]]; then
    archive=$(mktemp --tmpdir="$opt" archive.XXXXXX)
    fetch "$2" "$3" "$archive"
    rm -rf "$folder.partial"
    mkdir -p "$folder.partial"
    tar --extract --file "$archive" --directory "$folder.partial" --strip-components=1 --no-same-owner
    rm "$archive"
    mv "$folder.partial" "$folder"
  fi
  ln -sfn "${folder##*/}" "$opt/$1"
}

install_software() {
  mkdir -p "$opt"
  if [[ -n $SOFTWARE_PLACE ]]; then
    unpack java "$JAVA_OBJECT" "$JAVA_SHA256"
    unpack neo4j "$NEO4J_OBJECT" "$NEO4J_SHA256"
  fi
  [[ -x $home/bin/neo4j ]] || fail "there is no Neo4j in /opt/neo4j: the image has to hold it, or software has to name it"

  mkdir -p "$home/plugins"
  cp --update "$home"/labs/apoc-*.jar "$home/plugins/"
  local name object sha256
  while read -r name object sha256; do
    [[ -n $name ]] || continue
    echo "$sha256  $home/plugins/$name.jar" | sha256sum --check --status 2>/dev/null ||
      fetch "$object" "$sha256" "$home/plugins/$name.jar"
  done <<<"$PLUGINS"
}

# ---- what is secret

secret() {
  aws secretsmanager get-secret-value --secret-id "$1" --query SecretString --output text
}

write_certificates() {
  local pem
  mkdir -p "$certificates/trusted"
  pem=$(secret "$TLS_SECRET")
  (
    umask 077
    member private_key <<<"$pem" >"$certificates/private.key"
    member certificate <<<"$pem" >"$certificates/public.crt"
    member ca <<<"$pem" >"$certificates/trusted/ca.crt"
  )
}

member() {
  python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]].strip())' "$1"
}

# Only before the first start: afterwards the password is in the database.
set_password() {
  [[ ! -e $data/data/dbms/auth.ini && ! -d $data/data/databases/system ]] || return 0
  "$home/bin/neo4j-admin" dbms set-initial-password "$(secret "$PASSWORD_SECRET")" >/dev/null
}

# ---- all of it

export JAVA_HOME=$opt/java NEO4J_CONF=$root/etc/neo4j NEO4J_ACCEPT_LICENSE_AGREEMENT=$ACCEPT_LICENSE
getent passwd neo4j >/dev/null || useradd --system --home-dir "$DATA_FOLDER" --no-create-home --shell /sbin/nologin neo4j
wait_for_volume "$root$DATA_DEVICE"
prepare_volume "$root$DATA_DEVICE"
mount_volume "$root$DATA_DEVICE"
install_software
write_certificates
mkdir -p "$data/data" "$data/logs" "$data/run"
set_password
chown -R neo4j:neo4j "$certificates"
# Its owner is the same after a new machine, whose user may have another number; a large tree is walked once then.
[[ $(stat --format %U "$data/data") == neo4j ]] || chown -R neo4j:neo4j "$data"
chown neo4j:neo4j "$home/plugins" "$data/logs" "$data/run"
