#!/bin/sh
# Pushes the round-trip times of captures as the histogram that the Python script pushed.
#
#   push.sh GATEWAY CAPTURE...      such as: push.sh http://gateway:9091 ring_*.pcapng
#
# RTTSHARK names another command than the rttshark on PATH. Options for rttshark, such as --join or
# --username, can stand among the captures.
set -eu

if [ "$#" -lt 2 ]; then
  echo "usage: $0 GATEWAY CAPTURE..." >&2
  exit 2
fi
gateway=$1
shift

# RTTSHARK may hold several words: "node /path/to/bin/rttshark.js".
# shellcheck disable=SC2086
exec ${RTTSHARK:-rttshark} analyze --push "$gateway" --push-method put --job MEC_Dreamscape --no-instance \
  --metric-name MEC_Dreamscape_job_last_success_unixtime_Histogram --metric-help 'RTT data' \
  --label-names src=Source_IP,dst=Destination_IP --no-own-metrics \
  --buckets 0.005,0.01,0.025,0.05,0.075,0.1,0.25,0.5,0.75,1,2.5,5,7.5,10 \
  "$@"
