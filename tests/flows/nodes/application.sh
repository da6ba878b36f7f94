#!/stand-in/sh
# Stands in for the programs of the application: says what it was asked for. `ingest` ends as its source asks.
set -eu
echo "asked for ${0##*/} $*"
[ "$1" = ingest ] || exit 0
case "$2" in
  pmc)
    n=1
    while [ "$n" -le 12 ]; do
      echo "document $n of 12"
      n=$((n + 1))
      sleep 1
    done
    ;;
  nice)
    echo 'document 7 cannot be read' >&2
    exit 65
    ;;
  medrxiv)
    echo 'nothing answers' >&2
    exit 99
    ;;
  clinicaltrials)
    # More than the container may have, as its first process.
    exec dd if=/dev/zero of=/dev/null bs=256M count=1
    ;;
  uspstf)
    if mkdir /var/lib/medkg/tried; then
      echo 'the source does not answer' >&2
      exit 1
    fi
    ;;
esac
