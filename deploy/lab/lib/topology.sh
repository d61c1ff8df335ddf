# Names, addresses, links and routes.
#
#   srv wifi guest lab coll -- edge -- core -- transit -- inet      (out hangs on transit)
#
# edge is the campus firewall, core the provider, inet everything beyond: Apple, CDNs, CAs, public resolvers.

SEGMENTS="srv wifi guest lab"
NAMESPACES="inet transit out core edge $SEGMENTS coll"

# Address of the one host of each segment, of its gateway on edge, and the segment's part of 2001:db8:0:PART::/64.
declare -A HOST4=(
  [srv]=198.51.100.40/27 [wifi]=10.20.20.10/24 [guest]=10.20.30.10/24 [lab]=10.20.40.10/24 [coll]=10.20.99.10/24)
declare -A GATEWAY4=(
  [srv]=198.51.100.33/27 [wifi]=10.20.20.1/24 [guest]=10.20.30.1/24 [lab]=10.20.40.1/24 [coll]=10.20.99.1/24)
declare -A PART6=([srv]=10 [wifi]=20 [guest]=30 [lab]=40 [coll]=99 [core]=f0)
# What the Internet sees as source: srv has public addresses, the others leave by NAT; core stands for the whole campus.
declare -A PUBLIC4=(
  [srv]=198.51.100.40 [wifi]=198.51.100.65 [guest]=198.51.100.66 [lab]=198.51.100.67 [core]=198.51.100.0/24)

CAMPUS_SERVICES=10.20.0.1                 # proxy, PAC file and portal, all on edge
COLLECTOR4=10.20.99.10
COLLECTOR6=2001:db8:0:99::/64
COLLECTOR_PUBLIC=198.51.100.68            # the collector as seen from inet and out
COLLECTOR_PORT=${LAB_COLLPORT:-50051}
HELPER_PORTS=${LAB_HELPERPORTS:-443,5223,2197} # a TLS echo on coll; goes through every rule of the segment

APPLE4=17.0.0.0/8
APPLE6="{2620:149::/32,2403:300::/32,2a01:b740::/32}"
COURIERS4=17.57.144.0/22
COURIERS6=2620:149:a44::/48
PROVIDER4=17.188.0.0/16                   # everything that is served as provider API
PROVIDER_HOST4=17.188.143.0/24            # api.push.apple.com alone
PARKED4=203.0.113.66                      # where a DNS hijack leads
PARKED6=2001:db8:0:ff::66

# What inet answers for: Apple's blocks, CDNs, CAs, resolvers, the fake root server, the parked host.
INTERNET4="17.57.144.0/22 17.179.252.0/22 17.188.0.0/16 17.248.128.0/17 17.250.64.0/18 17.253.0.0/16
  23.62.0.0/16 93.184.220.0/24 8.8.8.8/32 1.1.1.1/32 9.9.9.9/32 198.41.0.4/32 $PARKED4/32"
INTERNET6="2620:149::/32 2a01:b740::/32 2a02:26f0::/32 2001:503:ba3e::2:30/128"

make_topology() {
  make_namespaces
  link_backbone
  address_backbone
  route_backbone
  attach_segments
  name_resolvers
}

make_namespaces() {
  local n
  for n in $NAMESPACES; do
    ip netns add "$n" || return 1
    inside "$n" ip link set lo up
    inside "$n" sysctl -qw \
      net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0 \
      net.ipv6.conf.default.router_solicitations=0 \
      net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0
  done
  for n in core transit edge inet; do
    inside "$n" sysctl -qw \
      net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
  done
  # Else gtlsserver cannot answer from an IPv6 address that is only routed to the loopback.
  inside inet sysctl -qw net.ipv6.ip_nonlocal_bind=1
  # A connection that the firewall has forgotten stays forgotten; haproxy answers from foreign addresses.
  inside edge sysctl -qw \
    net.netfilter.nf_conntrack_tcp_loose=0 net.ipv4.ip_nonlocal_bind=1 net.ipv6.ip_nonlocal_bind=1
}

link() { # NAMESPACE DEVICE NAMESPACE DEVICE
  ip link add "$2" netns "$1" type veth peer name "$4" netns "$3"
  inside "$1" ip link set "$2" up
  inside "$3" ip link set "$4" up
  # Offloads would build packets larger than the link: hop counts and the MTU scenario need real ones.
  inside "$1" ethtool -K "$2" tso off gso off gro off >/dev/null
  inside "$3" ethtool -K "$4" tso off gso off gro off >/dev/null
}
address() { # NAMESPACE DEVICE IPV4 IPV6
  inside "$1" ip address add "$3" dev "$2"
  inside "$1" ip address add "$4" dev "$2" nodad
}
route4() { inside "$1" ip route add "${@:2}"; }
route6() { inside "$1" ip -6 route add "${@:2}"; }

link_backbone() {
  link inet eth0 transit inet
  link transit core core wan
  link out eth0 transit out
  link core cam edge wan
}

address_backbone() {
  address inet eth0 203.0.113.2/30 2001:db8:0:ff::2/64
  address transit inet 203.0.113.1/30 2001:db8:0:ff::1/64
  address transit core 203.0.113.9/30 2001:db8:0:fd::1/64
  address transit out 203.0.113.17/30 2001:db8:0:fc::1/64
  address out eth0 203.0.113.18/30 2001:db8:0:fc::10/64
  address core wan 203.0.113.10/30 2001:db8:0:fd::2/64
  address core cam 198.51.100.2/30 2001:db8:0:fe::2/64
  address edge wan 198.51.100.1/30 2001:db8:0:fe::1/64
  inside edge ip address add $CAMPUS_SERVICES/32 dev lo
  inside inet ip address add $PARKED6/64 dev eth0 nodad
}

route_backbone() {
  local block part
  route4 out default via 203.0.113.17
  route6 out default via 2001:db8:0:fc::1
  route4 edge default via 198.51.100.2
  route6 edge default via 2001:db8:0:fe::2

  route4 core default via 203.0.113.9
  route4 core 198.51.100.0/24 via 198.51.100.1
  route6 core default via 2001:db8:0:fd::1
  route6 core 2001:db8::/56 via 2001:db8:0:fe::1
  for part in ff fc; do route6 core 2001:db8:0:$part::/64 via 2001:db8:0:fd::1; done

  route4 transit default via 203.0.113.2
  route6 transit default via 2001:db8:0:ff::2
  route4 transit 198.51.100.0/24 via 203.0.113.10
  route6 transit 2001:db8::/56 via 2001:db8:0:fd::2

  for block in 203.0.113.8/29 203.0.113.16/29 198.51.100.0/24; do route4 inet $block via 203.0.113.1; done
  route6 inet 2001:db8::/56 via 2001:db8:0:ff::1
  for block in $INTERNET4; do route4 inet local "$block" dev lo; done
  for block in $INTERNET6; do route6 inet local "$block" dev lo; done

  # haproxy cannot ask for the original IPv6 destination of a redirect, so IPv6 reaches it by TPROXY (mark 9).
  inside edge ip -6 rule add fwmark 9 lookup 109
  route6 edge local ::/0 dev lo table 109
}

attach_segments() {
  local s
  for s in $SEGMENTS coll; do
    link edge "$s" "$s" eth0
    address edge "$s" "${GATEWAY4[$s]}" "2001:db8:0:${PART6[$s]}::1/64"
    address "$s" eth0 "${HOST4[$s]}" "2001:db8:0:${PART6[$s]}::10/64"
    route4 "$s" default via "${GATEWAY4[$s]%/*}"
    route6 "$s" default via "2001:db8:0:${PART6[$s]}::1"
  done
}

# ip netns exec mounts /etc/netns/NAME/resolv.conf over /etc/resolv.conf.
name_resolvers() {
  local n
  for n in $NAMESPACES; do
    mkdir -p "/etc/netns/$n"
    case $n in
      inet | out) echo "nameserver 8.8.8.8" ;;
      edge | core | transit) echo "nameserver 127.0.0.1" ;;
      *) printf 'nameserver %s\nsearch campus.example\n' "${GATEWAY4[$n]%/*}" ;;
    esac >"/etc/netns/$n/resolv.conf"
  done
}

remove_topology() {
  local n
  for n in $NAMESPACES; do
    ip netns del "$n" 2>/dev/null
    rm -f "/etc/netns/$n/resolv.conf"
    rmdir "/etc/netns/$n" 2>/dev/null
  done
  rmdir /etc/netns 2>/dev/null
}
