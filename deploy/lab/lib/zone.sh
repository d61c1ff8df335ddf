#!/bin/bash
# zone.sh HOSTS : prints the zone of the fake root server. One zone holds every name, so that CNAME chains stay inside.
# LAB_LEGACY=1 brings back gateway.push and feedback.push, which Apple retired with the binary protocol.
set -u

fixed_names() {
  cat <<'END'
$ORIGIN .
$TTL 300
. 86400 IN SOA a.root-servers.net. nstld.lab. 1 1800 900 604800 60
. 86400 IN NS a.root-servers.net.
a.root-servers.net. 86400 IN A 198.41.0.4
a.root-servers.net. 86400 IN AAAA 2001:503:ba3e::2:30
push.apple.com. 300 IN TXT "count=50"
courier.push.apple.com. 300 IN CNAME 1.courier-push-apple.com.akadns.net.
courier-push-apple.com.akadns.net. 60 IN TXT "count=50"
init.push.apple.com. 300 IN CNAME init.push-apple.com.akadns.net.
init.push-apple.com.akadns.net. 60 IN A 17.188.166.16
init-p01st.push.apple.com. 300 IN CNAME init-p01st.push-apple.com.akadns.net.
init-p01st.push-apple.com.akadns.net. 60 IN CNAME init-p01st.g.aaplimg.com.
init-p01st.g.aaplimg.com. 60 IN A 17.253.73.201
init-p01st.g.aaplimg.com. 60 IN A 17.253.73.202
init-p01st.g.aaplimg.com. 60 IN AAAA 2a01:b740:a16:2000::5
init-p01md.push.apple.com. 300 IN CNAME init-p01st.push.apple.com.
1-courier.sandbox.push.apple.com. 300 IN CNAME 1.courier-push-apple.com.akadns.net.
api.push.apple.com. 300 IN CNAME api.push-apple.com.akadns.net.
api.sandbox.push.apple.com. 300 IN CNAME api.sandbox.push-apple.com.akadns.net.
api.development.push.apple.com. 300 IN CNAME api.sandbox.push-apple.com.akadns.net.
upload.appleschoolcontent.com. 300 IN A 17.179.252.9
doh.dns.apple.com. 300 IN CNAME doh.dns.apple.com.v.aaplimg.com.
doh.dns.apple.com.v.aaplimg.com. 60 IN A 17.253.200.200
doh.dns.apple.com.v.aaplimg.com. 60 IN AAAA 2620:149:a0c:4000::200
mask.icloud.com. 300 IN CNAME mask.apple-dns.net.
mask.apple-dns.net. 60 IN A 17.248.195.64
mask.apple-dns.net. 60 IN AAAA 2620:149:af0::64
time.apple.com. 300 IN CNAME time-osx.g.aaplimg.com.
time-ios.apple.com. 300 IN CNAME time-ios.g.aaplimg.com.
time-macos.apple.com. 300 IN CNAME time-osx.g.aaplimg.com.
time-osx.g.aaplimg.com. 60 IN A 17.253.108.125
time-osx.g.aaplimg.com. 60 IN A 17.253.108.253
time-osx.g.aaplimg.com. 60 IN AAAA 2620:149:a33:3000::1f2
time-ios.g.aaplimg.com. 60 IN A 17.253.52.125
time-ios.g.aaplimg.com. 60 IN A 17.253.54.253
dns.google. 300 IN A 8.8.8.8
END
}

retired_names() {
  [ "${LAB_LEGACY:-0}" = 1 ] || return 0
  local name
  for name in gateway feedback; do echo "$name.push.apple.com. 300 IN CNAME $name.push-apple.com.akadns.net."; done
}

pool() { # NAME BLOCK HOST... : A records
  local name=$1 block=$2 host
  shift 2
  for host; do echo "$name. 60 IN A $block.$host"; done
}

# Fifty courier names lead to five regional pools of eight addresses of each family.
couriers() {
  local i region j number
  for i in $(seq 1 50); do
    echo "$i-courier.push.apple.com. 300 IN CNAME $i.courier-push-apple.com.akadns.net."
    echo "$i.courier-push-apple.com.akadns.net. 60 IN CNAME eu-north-courier-$(((i - 1) / 10)).push-apple.com.akadns.net."
  done
  for region in 0 1 2 3 4; do
    for j in 0 1 2 3 4 5 6 7; do
      number=$((region * 32 + 10 + j))
      echo "eu-north-courier-$region.push-apple.com.akadns.net. 60 IN A 17.57.$((144 + region % 4)).$number"
      printf 'eu-north-courier-%d.push-apple.com.akadns.net. 60 IN AAAA 2620:149:a44:%x::%x\n' \
        $region $((0x300 + region)) $number
    done
  done
}

# hosts.tsv: name, ports, class. The class decides on the address block and on the chain of aliases before it.
listed_hosts() {
  local name ports class n=10 block last hex
  while IFS=$'\t' read -r name ports class; do
    n=$((n + 1))
    block=$((n / 250))
    last=$((n % 250 + 1))
    hex=$(printf %x $n)
    case $class in
      a) # Apple's own
        echo "$name. 300 IN A 17.179.$((252 + block)).$last"
        echo "$name. 300 IN AAAA 2620:149:a10:f000::$hex"
        ;;
      g) # Apple's CDN
        echo "$name. 300 IN CNAME $name.v.aaplimg.com."
        echo "$name.v.aaplimg.com. 60 IN A 17.253.$((block + 14)).$last"
        echo "$name.v.aaplimg.com. 60 IN AAAA 2620:149:a06:f000::$hex"
        ;;
      c) # another company's CDN
        echo "$name. 300 IN CNAME $name.edgekey.net."
        echo "$name.edgekey.net. 300 IN CNAME e$((6000 + n)).dsce9.akamaiedge.net."
        echo "e$((6000 + n)).dsce9.akamaiedge.net. 20 IN A 23.62.$((block + 10)).$last"
        echo "e$((6000 + n)).dsce9.akamaiedge.net. 20 IN AAAA 2a02:26f0:1::$hex"
        ;;
      o) # a certification authority, IPv4 only
        echo "$name. 300 IN CNAME $name.lab-ca-cdn.net."
        echo "$name.lab-ca-cdn.net. 60 IN A 93.184.220.$last"
        ;;
      *)
        echo "zone.sh: $1: class '$class' of $name is none of a, g, c, o" >&2
        return 1
        ;;
    esac
  done <"$1"
}

fixed_names
retired_names
pool gateway.push-apple.com.akadns.net 17.188.138 31 32 33 34
pool feedback.push-apple.com.akadns.net 17.188.138 35 36
pool api.push-apple.com.akadns.net 17.188.143 10 11 12 13 14 15 16 17
pool api.sandbox.push-apple.com.akadns.net 17.188.168 20 21 22 23
couriers
listed_hosts "$1"
