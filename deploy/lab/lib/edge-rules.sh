# The ruleset of edge, the campus firewall, made anew from the scenarios that are on and loaded in one transaction.

load_rules() { # NAMESPACE : nftables text on standard input
  local file result
  file=$(mktemp "$VAR/tmp/nft.XXXX")
  cat >"$file"
  inside "$1" nft -f "$file"
  result=$?
  [ $result = 0 ] || cp "$file" "$VAR/log/bad.nft"
  rm -f "$file"
  return $result
}

render() { render_inet && render_core && render_edge && render_delay; }

render_edge() {
  edge_table | load_rules edge || return
  render_hello_filters
  render_bandwidth
}

edge_table() {
  local s
  echo "add table inet fw"
  echo "delete table inet fw"
  echo "table inet fw {"
  for s in $SEGMENTS; do timeout_objects "$s"; done

  echo " chain nat_pre { type nat hook prerouting priority dstnat;"
  echo "  iifname wan ip daddr $COLLECTOR_PUBLIC tcp dport $COLLECTOR_PORT dnat ip to $COLLECTOR4"
  for s in $SEGMENTS; do
    redirect_rules "$s"
    # srv has public addresses; the others need their address translated to be reachable at all.
    [ "$s" != srv ] && says "$s" inbound-open "iifname wan ip daddr ${PUBLIC4[$s]} dnat ip to ${HOST4[$s]%/*}"
  done
  echo " }"

  echo " chain tproxy6 { type filter hook prerouting priority mangle;"
  for s in $SEGMENTS; do transparent_rules "$s"; done
  echo " }"

  echo " chain nat_post { type nat hook postrouting priority srcnat;"
  for s in wifi guest lab; do echo "  iifname $s oifname wan meta nfproto ipv4 snat ip to ${PUBLIC4[$s]}"; done
  echo " }"

  for s in $SEGMENTS; do
    echo " chain fwd_$s {" && outbound_rules "$s" && echo " }"
    echo " chain back_$s {" && return_rules "$s" && echo " }"
    echo " chain in_$s {" && edge_access_rules "$s" && echo " }"
  done
  input_chain
  forward_chain
  echo "}"
}

input_chain() {
  local s
  echo " chain input { type filter hook input priority filter; policy drop;"
  for s in $SEGMENTS; do echo "  iifname $s jump in_$s"; done
  cat <<END
  iifname lo accept
  ct state established,related accept
  meta l4proto {icmp,icmpv6} accept
  iifname {srv,wifi,guest,lab} meta mark 9 accept
  udp dport 33434-33534 reject
  iifname {srv,wifi,guest,lab,coll} meta l4proto {tcp,udp} th dport 53 accept
  iifname {srv,wifi,guest,lab} ip daddr $CAMPUS_SERVICES tcp dport {80,3128} accept
  iifname {srv,wifi,guest,lab} ct status dnat accept
 }
END
}

# The way to the collector stands before everything and needs no connection tracking: it survives every scenario.
forward_chain() {
  local s
  echo " chain forward { type filter hook forward priority filter; policy drop;"
  echo "  oifname coll iifname {srv,wifi,guest,lab,wan} tcp dport $COLLECTOR_PORT accept"
  echo "  iifname coll tcp sport $COLLECTOR_PORT tcp flags & (syn | ack) != syn accept"
  for s in $SEGMENTS; do echo "  iifname coll oifname $s jump back_$s"; done
  echo "  iifname coll ct state established,related accept"
  echo "  iifname coll drop"
  echo "  oifname {srv,wifi,guest,lab} iifname != wan drop"
  for s in $SEGMENTS; do
    echo "  iifname $s jump fwd_$s"
    echo "  oifname $s jump back_$s"
  done
  cat <<END
  ct state invalid drop
  ct state established,related accept
  iifname {srv,wifi,guest,lab} oifname coll tcp dport {$HELPER_PORTS} accept
  oifname wan ip6 daddr fc00::/7 drop
  oifname wan ip daddr {10.0.0.0/8,192.168.0.0/16,172.16.0.0/12} drop
  iifname {srv,wifi,guest,lab} oifname wan accept
  iifname wan counter drop
 }
END
}

# A reset on a name, or on a version, in the ClientHello: nftables cannot search payloads, xtables can (within one packet; of its
# searches bm misses what lies across two pages of the packet, kmp does not).
render_hello_filters() {
  local tables s versions
  for tables in iptables ip6tables; do
    inside edge $tables -w -F FORWARD
    for s in $SEGMENTS; do
      on "$s" sni-rst || continue
      inside edge $tables -w -A FORWARD -i "$s" -p tcp -m multiport --dports 443,5223,2197 \
        -m string --algo kmp --string "$(argument "$s" sni-rst push.apple.com)" -j REJECT --reject-with tcp-reset
    done
    # supported_versions of a hello with TLS 1.3 in it: alone, or with 1.2 (RFC 8446 section 4.2.1).
    for s in $SEGMENTS; do
      on "$s" tls13-rst || continue
      for versions in 002b0003020304 002b00050403040303; do
        inside edge $tables -w -A FORWARD -i "$s" -p tcp -m multiport --dports 443,5223,2197 \
          -m string --algo kmp --hex-string "|$versions|" -j REJECT --reject-with tcp-reset
      done
    done
  done
}

render_bandwidth() {
  local s
  for s in $SEGMENTS; do
    if on "$s" bandwidth; then
      inside edge tc qdisc replace dev "$s" root tbf \
        rate "$(argument "$s" bandwidth 128)kbit" burst 4kb latency 2s
    else
      inside edge tc qdisc del dev "$s" root 2>/dev/null
    fi
  done
  return 0
}

# A changed rule also ends what the firewall decided for earlier connections of the segment.
forget_connections() {
  inside edge conntrack -D -s "${HOST4[$1]%/*}" >/dev/null 2>&1
  inside edge conntrack -D -f ipv6 -s "2001:db8:0:${PART6[$1]}::10" >/dev/null 2>&1
  return 0
}
