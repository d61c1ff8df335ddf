# Which scenarios there are, and turning them on and off.

# At a segment, done by edge.
SEGMENT_SCENARIOS="drop-5223 rst-5223 icmp-5223 drop-443 rst-443 drop-2197 drop-legacy drop-apple
  tls-intercept tls-intercept-5223 tls-intercept-2197 http-intercept proxy-only proxy-auth proxy-apns proxy-bump
  dns-nxdomain dns-nxdomain-apple dns-sinkhole dns-hijack dns-slow dns-truncate dns-refused dns-servfail dns-drop
  dns-notcp dns-localhost captive captive-tls block-page reaper reaper-rst reaper-fin partial-couriers
  loss latency bandwidth sni-rst tls13-rst sni-terminate accept-all accept-hang ipv6-blackhole ipv6-reject mtu-blackhole
  inbound-open ntp-drop quic-drop quic-v1-drop ssh-drop port80-drop all-drop"
# What squid plays, at least for one family.
PLAYED_BY_SQUID="tls-intercept tls-intercept-5223 tls-intercept-2197 http-intercept proxy-only proxy-auth proxy-apns
  proxy-bump sni-terminate"
# On Apple's side.
INET_SCENARIOS="outage-couriers outage-couriers-rst outage-5223 outage-api outage-all legacy-off ocsp-off"
# At the provider, for the whole campus.
CORE_SCENARIOS="latency drop-5223 rst-5223 icmp-5223 drop-443 all-drop"

list_scenarios() {
  echo "segment: $(echo $SEGMENT_SCENARIOS)"
  echo "inet: $(echo $INET_SCENARIOS)"
  echo "core: $(echo $CORE_SCENARIOS)"
}

is_segment() { case " $SEGMENTS " in *" $1 "*) ;; *) return 1 ;; esac; }

scenarios_of() { # PLACE
  case $1 in
    inet) echo $INET_SCENARIOS ;;
    core) echo $CORE_SCENARIOS ;;
    *) is_segment "$1" && echo $SEGMENT_SCENARIOS ;;
  esac
}

set_scenario() { # PLACE NAME on [ARGUMENT] | off
  [ $# -ge 3 ] || die "scenario needs a place, a name and on or off"
  local place=$1 name=$2 switch=$3 known
  is_up || die "the lab is not up"
  known=$(scenarios_of "$place") || die "there is no place $place; places are $SEGMENTS inet core"
  if [ "$name" = clean ]; then
    reset_scenarios "$place"
    return
  fi
  case " $known " in *" $name "*) ;; *) die "there is no scenario $name for $place; there are: $known" ;; esac
  case $switch in
    on)
      case " $(echo $PLAYED_BY_SQUID) " in
        *" $name "*) require_squid || die "squid does not answer, so there is no $name; see $VAR/log/squid-hung.txt" ;;
      esac
      echo "${4:-}" >"$STATE/$place/$name"
      ;;
    off) rm -f "$STATE/$place/$name" ;;
    *) die "scenario $name: say on or off, not $switch" ;;
  esac
  if ! render; then
    rm -f "$STATE/$place/$name"
    render
    die "the firewall refused the rules of $name; see $VAR/log/bad.nft"
  fi
  is_segment "$place" && forget_connections "$place"
  return 0
}

# Only segments that had a scenario lose their connections; quiet connections of the others live on.
reset_scenarios() { # [PLACE]
  is_up || die "the lab is not up"
  local place changed=""
  for place in ${1:-inet core $SEGMENTS}; do
    scenarios_of "$place" >/dev/null || die "there is no place $place; places are $SEGMENTS inet core"
    [ -n "$(ls -A "$STATE/$place" 2>/dev/null)" ] && changed="$changed $place"
    rm -f "$STATE/$place"/*
  done
  render || return
  for place in $changed; do is_segment "$place" && forget_connections "$place"; done
  return 0
}
