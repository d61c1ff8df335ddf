# What the campus firewall does to one segment: the rules behind each scenario, in the order in which they apply.
# Each function prints nftables rules for one chain of edge; edge-rules.sh puts the chains together.

on() { [ -e "$STATE/$1/$2" ]; } # PLACE SCENARIO
any() {                         # PLACE SCENARIO...
  local place=$1 name
  shift
  for name; do on "$place" "$name" && return 0; done
  return 1
}
argument() { # PLACE SCENARIO DEFAULT
  local value
  value=$(cat "$STATE/$1/$2" 2>/dev/null)
  echo "${value:-$3}"
}
says() { # PLACE SCENARIO RULE... : the rules, when the scenario is on
  local place=$1 name=$2
  shift 2
  on "$place" "$name" && printf '  %s\n' "$@"
  return 0
}

# Port of dnsdist that answers for each kind of DNS damage (conf/dnsdist.lua).
DNS_DAMAGE="dns-nxdomain:5301 dns-sinkhole:5302 dns-hijack:5303 dns-slow:5304 dns-truncate:5305
  dns-refused:5306 dns-servfail:5307 dns-nxdomain-apple:5308 dns-localhost:5309"

# Redirections, before routing.
redirect_rules() {
  local s=$1 pair
  redirect() { # RULE... for packets that come from the segment
    echo "  iifname $s $*"
  }
  for pair in $DNS_DAMAGE; do
    on "$s" "${pair%:*}" || continue
    redirect "udp dport 53 redirect to :${pair#*:}"
    redirect "tcp dport 53 redirect to :${pair#*:}"
  done
  # The explicit proxy has four doors; which one a segment finds behind port 3128 depends on the scenario.
  on "$s" proxy-auth && redirect "ip daddr $CAMPUS_SERVICES tcp dport 3128 redirect to :3127"
  on "$s" proxy-apns && redirect "ip daddr $CAMPUS_SERVICES tcp dport 3128 redirect to :3126"
  on "$s" proxy-bump && redirect "ip daddr $CAMPUS_SERVICES tcp dport 3128 redirect to :3125"
  redirect "ip daddr $CAMPUS_SERVICES accept"
  redirect "fib daddr type local accept"
  # The way to the collector is never touched.
  redirect "ip daddr $COLLECTOR4 tcp dport $COLLECTOR_PORT accept"
  redirect "ip6 daddr $COLLECTOR6 tcp dport $COLLECTOR_PORT accept"

  any "$s" captive captive-tls && redirect "tcp dport 80 redirect to :8081"
  on "$s" captive-tls && redirect "tcp dport 443 redirect to :8444"
  if on "$s" block-page; then
    redirect "tcp dport 443 redirect to :8443"
    redirect "tcp dport 80 redirect to :8080"
  fi
  on "$s" tls-intercept && redirect "tcp dport 443 redirect to :3130"
  on "$s" sni-terminate && redirect "tcp dport {443,5223,2197} redirect to :3131"
  on "$s" http-intercept && redirect "tcp dport 80 redirect to :3129"
  # sslsplit knows IPv4 only; IPv6 goes to squid, which signs with its own CA.
  on "$s" tls-intercept-5223 && redirect "meta nfproto ipv4 tcp dport 5223 redirect to :10443"
  on "$s" tls-intercept-2197 && redirect "meta nfproto ipv4 tcp dport 2197 redirect to :10443"
  on "$s" tls-intercept-5223 && redirect "meta nfproto ipv6 tcp dport 5223 redirect to :3132"
  on "$s" tls-intercept-2197 && redirect "meta nfproto ipv6 tcp dport 2197 redirect to :3132"
  # IPv6 reaches the next two by transparent_rules.
  on "$s" reaper-fin && redirect "meta nfproto ipv4 tcp dport != {53} redirect to :9001"
  on "$s" accept-hang && redirect "tcp dport {443,5223,2195-2197} redirect to :9002"
  on "$s" accept-all && redirect "meta nfproto ipv4 tcp dport != {53} redirect to :9000"
  return 0
}

# IPv6 that haproxy answers in the place of its destination.
transparent_rules() {
  local s=$1 pair
  for pair in accept-all:9000 reaper-fin:9001; do
    says "$s" "${pair%:*}" "iifname $s meta nfproto ipv6 tcp dport != 53\
 ip6 daddr != {$COLLECTOR6,fe80::/10} fib daddr type != local meta mark set 9 tproxy ip6 to :${pair#*:} accept"
  done
}

# From the segment to the outside, before established connections are let through.
outbound_rules() {
  local s=$1
  if on "$s" all-drop; then
    echo "  drop"
    return 0
  fi
  says "$s" drop-5223 "tcp dport 5223 drop"
  says "$s" rst-5223 "tcp dport 5223 reject with tcp reset"
  says "$s" icmp-5223 "tcp dport 5223 reject with icmpx type admin-prohibited"
  says "$s" drop-443 "ip daddr $APPLE4 tcp dport 443 drop" "ip6 daddr $APPLE6 tcp dport 443 drop"
  says "$s" rst-443 \
    "ip daddr $APPLE4 tcp dport 443 reject with tcp reset" "ip6 daddr $APPLE6 tcp dport 443 reject with tcp reset"
  says "$s" drop-2197 "tcp dport 2197 drop"
  says "$s" drop-legacy "tcp dport {2195,2196} drop"
  says "$s" drop-apple "ip daddr $APPLE4 drop" "ip6 daddr $APPLE6 drop"
  says "$s" ntp-drop "udp dport 123 drop"
  says "$s" quic-drop "udp dport 443 drop"
  # A box that knows QUIC by the long header of version 1 (RFC 9000 17.2); a reserved version passes. Bits 64 to 103 of the
  # datagram, UDP's own header before them: form and fixed bit set, then the version.
  says "$s" quic-v1-drop "udp dport 443 @th,64,2 3 @th,72,32 1 drop"
  says "$s" ssh-drop "tcp dport 22 drop"
  says "$s" port80-drop "tcp dport 80 drop"
  says "$s" dns-notcp "tcp dport 53 drop"
  says "$s" dns-drop "meta l4proto {tcp,udp} th dport 53 drop"
  says "$s" ipv6-blackhole "meta nfproto ipv6 drop"
  says "$s" ipv6-reject "meta nfproto ipv6 reject with icmpv6 type admin-prohibited"
  says "$s" partial-couriers \
    "tcp dport 5223 ip daddr != {$(argument "$s" partial-couriers 17.57.144.10-17.57.144.13)} drop" \
    "meta nfproto ipv6 tcp dport 5223 drop"
  any "$s" proxy-only proxy-auth proxy-apns proxy-bump && echo "  drop"
  any "$s" captive captive-tls && echo "  drop"
  damage_rules "$s"
  says "$s" reaper-rst "ct state invalid meta l4proto tcp reject with tcp reset"
  echo "  ct state invalid drop"
  if any "$s" reaper reaper-rst; then
    echo "  ct state new meta nfproto ipv4 meta l4proto tcp ct timeout set \"reap4_$s\""
    echo "  ct state new meta nfproto ipv6 meta l4proto tcp ct timeout set \"reap6_$s\""
  fi
  return 0
}

# Loss and the MTU black hole act on both directions.
damage_rules() {
  local s=$1
  says "$s" loss "numgen random mod 1000 < $(($(argument "$s" loss 10) * 10)) drop"
  says "$s" mtu-blackhole "meta length > $(argument "$s" mtu-blackhole 1300) drop"
}

# From the outside to the segment.
return_rules() {
  damage_rules "$1"
  says "$1" inbound-open "iifname wan ct state new accept"
}

# From the segment to edge itself: its resolver and its proxies.
edge_access_rules() {
  local s=$1
  says "$s" dns-drop "meta l4proto {tcp,udp} th dport 53 drop" "meta l4proto {tcp,udp} th dport 5301-5309 drop"
  says "$s" dns-notcp "meta l4proto tcp th dport {53,5301-5309} drop"
  any "$s" captive captive-tls && echo "  tcp dport 3125-3128 drop"
  # The proxy too, otherwise this would be proxy-only.
  says "$s" all-drop "ip daddr $CAMPUS_SERVICES drop"
}

# How long the firewall remembers a quiet connection, in seconds.
timeout_objects() {
  local s=$1 seconds family
  any "$s" reaper reaper-rst || return 0
  seconds=$(argument "$s" reaper "")
  seconds=${seconds:-$(argument "$s" reaper-rst 25)}
  for family in 4:ip 6:ip6; do
    echo " ct timeout reap${family%:*}_$s {"
    echo "  protocol tcp; l3proto ${family#*:}; policy = { established : $seconds }; }"
  done
}
