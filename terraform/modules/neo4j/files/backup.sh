#!/usr/bin/env bash
# Backs Neo4j up to S3: `full` at 04:00 UTC, and `diff` every hour after it. All backups of one day, which belong together, are
# below one prefix; whole days go, so that no full backup goes before what needs it.
set -euo pipefail

root=${NEO4J_ROOT:-} # tests give a folder
# shellcheck source=/dev/null
source "$root/etc/neo4j-server/settings.env"

kind=${1:?full or diff}
export JAVA_HOME=$root/opt/java NEO4J_CONF=$root/etc/neo4j NEO4J_ACCEPT_LICENSE_AGREEMENT=$ACCEPT_LICENSE
admin=$root/opt/neo4j/bin/neo4j-admin
work=$root$DATA_FOLDER/backup
# A day begins with its full backup.
day=$(date --utc --date '4 hours ago' +%F)
place=s3://$BACKUP_PLACE$day/

mkdir -p "$work"
exec 9>"$work.lock"
flock 9
find "$work" -mindepth 1 -delete

online() {
  local type=AUTO
  [[ $kind != full ]] || type=FULL
  "$admin" database backup --from="$SERVER_NAME:6362" --to-path="$place" --temp-path="$work" --type="$type" neo4j system
}

# The community edition backs up while it stands still.
offline() {
  systemctl stop neo4j.service
  trap 'systemctl start neo4j.service' EXIT
  "$admin" database dump --to-path="$work" neo4j
  "$admin" database dump --to-path="$work" system
  systemctl start neo4j.service
  trap - EXIT
  aws s3 cp --recursive --only-show-errors "$work" "$place"
}

# As many days stay as are kept, whatever their age: a backup that fails for a month deletes nothing.
prune() {
  local days
  mapfile -t days < <(
    aws s3 ls "s3://$BACKUP_PLACE" | awk '$1 == "PRE" && $2 ~ /^[0-9]+-[0-9]+-[0-9]+\/$/ { print $2 }' | sort --reverse
  )
  for day in "${days[@]:BACKUPS_KEPT}"; do
    aws s3 rm --recursive --only-show-errors "s3://$BACKUP_PLACE$day"
  done
}

if [[ $EDITION == enterprise ]]; then online; else offline; fi
find "$work" -mindepth 1 -delete
[[ $kind != full ]] || prune
