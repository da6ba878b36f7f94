#!/usr/bin/env bash
# Lets the servers of the cluster in, and spreads the database over them as Terraform says. Runs every quarter of an hour on
# one server, and changes only what differs.
set -euo pipefail

root=${NEO4J_ROOT:-} # tests give a folder
# shellcheck source=/dev/null
source "$root/etc/neo4j-server/settings.env"

NEO4J_USERNAME=neo4j
NEO4J_PASSWORD=$(aws secretsmanager get-secret-value --secret-id "$PASSWORD_SECRET" --query SecretString --output text)
export JAVA_HOME=$root/opt/java NEO4J_USERNAME NEO4J_PASSWORD

# The server asks itself: whose certificate it is needs no proof here.
cypher() {
  "$root/opt/neo4j/bin/cypher-shell" --address "bolt+ssc://$SERVER_NAME:7687" --database system --format plain "$1" |
    tail -n +2 | tr -d '" '
}

enabled=0
while IFS=, read -r name address state; do
  [[ " $SERVERS " == *" ${address%:*} "* ]] || continue
  if [[ $state == Free ]]; then
    cypher "ENABLE SERVER '$name'" >/dev/null
    echo "neo4j-topology: enabled $address"
    state=Enabled
  fi
  [[ $state != Enabled ]] || ((++enabled))
done < <(cypher "SHOW SERVERS YIELD name, address, state RETURN name, address, state")

if ((enabled < PRIMARIES + SECONDARIES)); then
  echo "neo4j-topology: $enabled of $((PRIMARIES + SECONDARIES)) servers are there: later again" >&2
  exit 75
fi

is=$(cypher "SHOW DATABASES YIELD name, requestedPrimariesCount AS p, requestedSecondariesCount AS s WHERE name = 'neo4j' RETURN DISTINCT p, s")
if [[ $is != "$PRIMARIES,$SECONDARIES" ]]; then
  topology="$PRIMARIES PRIMARIES"
  ((SECONDARIES == 0)) || topology+=" $SECONDARIES SECONDARIES"
  cypher "ALTER DATABASE neo4j SET TOPOLOGY $topology" >/dev/null
  echo "neo4j-topology: the database has $topology now"
fi

# Neo4j starts without a plug-in that does not fit it, and says so in its log alone.
for plugin in $PLUGIN_NAMES; do
  (($(cypher "SHOW PROCEDURES YIELD name WHERE name STARTS WITH '$plugin.' RETURN count(*)") > 0)) || {
    echo "neo4j-topology: the plug-in $plugin is not there" >&2
    exit 1
  }
done
