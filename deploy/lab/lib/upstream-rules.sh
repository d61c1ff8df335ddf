# The rulesets beyond the campus: what the provider filters (core) and how Apple's side answers or fails (inet).

render_core() { core_table | load_rules core; }

core_table() {
  echo "add table inet isp"
  echo "delete table inet isp"
  echo "table inet isp { chain isp_fwd { type filter hook forward priority filter;"
  says core drop-5223 "iifname cam tcp dport 5223 drop"
  says core rst-5223 "iifname cam tcp dport 5223 reject with tcp reset"
  says core icmp-5223 "iifname cam tcp dport 5223 reject with icmpx type admin-prohibited"
  says core drop-443 \
    "iifname cam ip daddr $APPLE4 tcp dport 443 drop" "iifname cam ip6 daddr $APPLE6 tcp dport 443 drop"
  says core all-drop "iifname cam drop"
  echo " }"
  echo "}"
}

render_inet() { inet_table | load_rules inet; }

# One host plays all of Apple: the address and port decide which server answers. Mark 13 = answer with RST.
inet_table() {
  echo "add table inet apple"
  echo "delete table inet apple"
  cat <<END
table inet apple {
 chain nat { type nat hook prerouting priority dstnat;
  ip daddr $COURIERS4 tcp dport {443,5223} redirect to :15223
  ip6 daddr $COURIERS6 tcp dport {443,5223} redirect to :15223
  ip daddr $PROVIDER4 tcp dport {443,2197} redirect to :12197
  ip daddr $PROVIDER4 tcp dport {2195,2196} redirect to :12195
  ip daddr 17.253.200.200 tcp dport 443 redirect to :8443
  ip6 daddr 2620:149:a0c:4000::200 tcp dport 443 redirect to :8443
  ip daddr $PARKED4 tcp dport 80 redirect to :16680
  ip6 daddr $PARKED6 tcp dport 80 redirect to :16680
  ip6 daddr $PARKED6 tcp dport {443,5223,2197,2195,2196} redirect to :16643
  ip daddr $PARKED4 tcp dport {443,5223,2197,2195,2196} redirect to :16643
 }
 chain guard { type filter hook prerouting priority mangle;
END
  outage_rules
  cat <<END
 }
 chain in { type filter hook input priority filter;
  meta mark 13 meta l4proto tcp reject with tcp reset
  iifname eth0 ip daddr 17.253.200.200 tcp dport {15223,12197,12195} reject with tcp reset
 }
}
END
}

outage_rules() {
  says inet outage-couriers \
    "ip daddr $COURIERS4 tcp dport {443,5223} drop" "ip6 daddr $COURIERS6 tcp dport {443,5223} drop"
  says inet outage-couriers-rst \
    "ip daddr $COURIERS4 tcp dport {443,5223} meta mark set 13" \
    "ip6 daddr $COURIERS6 tcp dport {443,5223} meta mark set 13"
  says inet outage-5223 "tcp dport 5223 drop"
  says inet outage-api "ip daddr $PROVIDER_HOST4 tcp dport {443,2197} drop"
  says inet outage-all "ip daddr $APPLE4 drop" "ip6 daddr $APPLE6 drop"
  says inet legacy-off "tcp dport {2195,2196} meta mark set 13"
  on inet ocsp-off && echo "  ip daddr {$(revocation_addresses)} tcp dport 80 drop"
  return 0
}
revocation_addresses() {
  awk '$4 == "A" && /^(ocsp|crl)/ { print $5 }' "$VAR/nsd/root.zone" | paste -sd,
}
