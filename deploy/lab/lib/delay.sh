# Latency: packets of a segment (or, for core, of the whole campus) make a detour through a tun device in core that
# holds them. Kernels without sch_netem are common in containers; a tun device is always there.

render_delay() {
  local s wanted
  for s in $SEGMENTS core; do
    if ! on "$s" latency; then
      stop_delay "$s"
      continue
    fi
    wanted=$(argument "$s" latency 300)
    if [ -e "$RUN/delay-$s.pid" ] && [ "$(cat "$RUN/delay-$s.ms" 2>/dev/null)" = "$wanted" ]; then continue; fi
    stop_delay "$s"
    start_delay "$s" "$wanted"
  done
  return 0
}

delay_table() { echo $((100 + 16#${PART6[$1]})); } # number of the routing table and preference of its rules
delay_prefix6() {
  case $1 in
    core) echo 2001:db8::/56 ;;
    *) echo "2001:db8:0:${PART6[$1]}::/64" ;;
  esac
}

start_delay() { # PLACE MILLISECONDS (round trip)
  local s=$1 device=dly$1 table prefix6 _
  table=$(delay_table "$s")
  prefix6=$(delay_prefix6 "$s")
  echo "$2" >"$RUN/delay-$s.ms"
  background core "delay-$s" python3 "$LAB/lib/tundelay.py" "$device" $(($2 / 2))
  for _ in $(seq 50); do
    inside core ip link show "$device" >/dev/null 2>&1 && break
    sleep 0.05
  done
  inside core sysctl -qw "net.ipv4.conf.$device.rp_filter=0"
  inside core ip link set "$device" up mtu 1500
  inside core ip route replace default dev "$device" table "$table"
  inside core ip -6 route replace default dev "$device" table "$table"
  inside core ip rule add pref "$table" iif cam from "${PUBLIC4[$s]}" lookup "$table"
  inside core ip rule add pref "$table" iif wan to "${PUBLIC4[$s]}" lookup "$table"
  inside core ip -6 rule add pref "$table" iif cam from "$prefix6" lookup "$table"
  inside core ip -6 rule add pref "$table" iif wan to "$prefix6" lookup "$table"
}

stop_delay() { # PLACE
  [ -e "$RUN/delay-$1.pid" ] || return 0
  local table family
  table=$(delay_table "$1")
  for family in -4 -6; do
    while inside core ip $family rule del pref "$table" 2>/dev/null; do :; done
  done
  kill "$(cat "$RUN/delay-$1.pid")" 2>/dev/null
  rm -f "$RUN/delay-$1.pid" "$RUN/delay-$1.ms"
}
