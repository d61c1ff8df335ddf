# The real servers of inet and the real middleboxes of edge: starting, waiting for, counting and ending them.

# What must be alive, as NAMESPACE:PROGRAM.
DAEMONS="inet:nsd inet:unbound inet:nginx inet:socat inet:chronyd inet:sshd inet:gtlsserver
  edge:unbound edge:dnsdist edge:nginx edge:haproxy edge:sslsplit edge:squid"

background() { # NAMESPACE NAME COMMAND... : in a session of its own, its pid in RUN/NAME.pid
  local namespace=$1 name=$2
  shift 2
  ip netns exec "$namespace" setsid "$@" >>"$VAR/log/$name.out" 2>&1 </dev/null 9>&- &
  echo $! >"$RUN/$name.pid"
  disown
}

start_daemons() {
  fill_templates
  make_server_files
  start_internet
  start_middleboxes
}

# @V@ stands for the folder of generated files, @L@ for the lab's own.
fill_templates() {
  local file
  for file in "$LAB"/conf/*; do
    sed -e "s#@V@#$VAR#g" -e "s#@L@#$LAB#g" "$file" >"$VAR/etc/${file##*/}"
  done
}

make_server_files() {
  bash "$LAB/lib/zone.sh" "$LAB/hosts.tsv" >"$VAR/nsd/root.zone"
  awk -F'\t' '$2 ~ /443/ { print $1 " " $1 ";" }' "$LAB/hosts.tsv" >"$VAR/sni.map"
  [ -e "$VAR/ssh/host" ] || ssh-keygen -q -t ed25519 -N '' -f "$VAR/ssh/host"
  [ -e "$VAR/squid/passwd" ] || htpasswd -bc "$VAR/squid/passwd" lab secret 2>/dev/null
  rm -rf "$VAR/squid/ssl_db"
  /usr/lib/squid/security_file_certgen -c -s "$VAR/squid/ssl_db" -M 4MB >/dev/null
  chown -R proxy:proxy "$VAR/squid"
  chmod 755 "$VAR" "$VAR/pki"
  mkdir -p /run/sshd
}

start_internet() {
  inside inet nsd -c "$VAR/etc/nsd.conf"
  inside inet unbound -c "$VAR/etc/unbound-inet.conf"
  inside inet nginx -q -c "$VAR/etc/nginx-inet.conf"
  # Couriers take what they get and say nothing.
  background inet discard socat -u TCP-LISTEN:9009,bind=127.0.0.1,fork,reuseaddr,backlog=256 OPEN:/dev/null
  background inet ocsp socat TCP-LISTEN:2560,bind=127.0.0.1,fork,reuseaddr,backlog=256 "EXEC:$LAB/lib/ocsp.sh $VAR/pki"
  background inet chronyd chronyd -d -x -u root -f "$VAR/etc/chrony.conf"
  inside inet /usr/sbin/sshd -f "$VAR/etc/sshd_config"
  background inet quic gtlsserver -q '*' 443 \
    "$VAR/pki/leaf/quic.key" "$VAR/pki/leaf/quic.pem"
  # Where a DNS hijack leads somebody else answers.
  background inet quic-parked4 gtlsserver -q "$PARKED4" 443 "$VAR/pki/leaf/parked.key" "$VAR/pki/leaf/parked.pem"
  background inet quic-parked6 gtlsserver -q "$PARKED6" 443 "$VAR/pki/leaf/parked.key" "$VAR/pki/leaf/parked.pem"
}

start_middleboxes() {
  inside edge unbound -c "$VAR/etc/unbound-edge.conf"
  background edge dnsdist dnsdist --supervised --disable-syslog -C "$VAR/etc/dnsdist.lua"
  inside edge nginx -q -c "$VAR/etc/nginx-edge.conf"
  inside edge haproxy -D -q -f "$VAR/etc/haproxy.cfg"
  background edge hang socat -u TCP6-LISTEN:9002,ipv6only=0,fork,reuseaddr,backlog=256 OPEN:/dev/null
  inside edge sslsplit -d -u root -k "$VAR/pki/mitm-split.key" -c "$VAR/pki/mitm-split.crt" \
    -p "$RUN/sslsplit.pid" -l "$VAR/log/sslsplit.conn" ssl 0.0.0.0 10443 >>"$VAR/log/sslsplit.out" 2>&1
  start_squid
}

start_squid() { background edge squid squid -N -f "$VAR/etc/squid.conf"; }

# Its own error page, signed on the way: the loop, the maker of certificates and the doors are alive. Nothing listens
# behind this address, so no resolver and no server has a part in the answer.
squid_answers() {
  inside edge curl -q -sk -m 5 -o /dev/null --noproxy '' -x "http://$CAMPUS_SERVICES:3125" "https://$CAMPUS_SERVICES/" || return
  local _
  for _ in $(seq 10); do
    [ -z "$(waiting_connections edge | grep -E ':(312[5-9]|313[0-2]) ')" ] && return 0
    sleep 0.1
  done
  return 1
}

# A box that hangs would play another fault than the one asked for: it is described, ended and started again.
require_squid() {
  local attempt pid _
  for attempt in 1 2; do
    squid_answers && return 0
    describe_squid | tee -a "$VAR/log/squid-hung.txt" >&2
    [ $attempt = 2 ] && return 1
    pid=$(cat "$RUN/squid.pid")
    # A pid is squid's only while it lives where squid does.
    [ "$(ip netns identify "$pid" 2>/dev/null)" = edge ] && kill -9 "$pid"
    for _ in $(seq 50); do
      inside edge nc -z 127.0.0.1 3128 2>/dev/null || break
      sleep 0.1
    done
    rm -f "$VAR/squid/squid.pid"
    start_squid 9>&-
    for _ in $(seq 50); do
      inside edge nc -z 127.0.0.1 3128 2>/dev/null && break
      sleep 0.1
    done
  done
}

describe_squid() {
  local pid
  pid=$(cat "$RUN/squid.pid")
  echo "lab: squid (pid $pid) did not answer within 5 s, or left connections waiting for 1 s, $(date -u +%T): $(grep -s State "/proc/$pid/status"),\
 $(ls "/proc/$pid/fd" 2>/dev/null | wc -l) descriptors, waits in $(cat "/proc/$pid/wchan" 2>/dev/null)"
  waiting_connections edge
  ps -o pid,stat,wchan:24,time,args -p "$(ip netns pids edge | tr '\n' ' ' | sed 's/ *$//; s/  */,/g')" | grep -E 'PID|squid'
  tail -n 12 "$VAR/squid/cache.log"
}

# Doors at which connections wait to be taken: of a program that is well, seldom any.
waiting_connections() { # NAMESPACE
  inside "$1" ss -ltnH | awk -v place="$1" '$2 > 0 { print "waiting at " place " " $4 " " $2 }'
}

# Ready when a segment gets a courier's address, the proxy listens and every daemon lives; at most about ten seconds.
await_daemons() {
  local _
  for _ in $(seq 100); do
    inside lab dig +short +time=1 +tries=1 courier.push.apple.com 2>/dev/null | grep -q '^17\.' \
      && inside edge nc -z 127.0.0.1 3128 2>/dev/null && [ -z "$(dead_daemons)" ] && return 0
    sleep 0.1
  done
  return 1
}

dead_daemons() {
  local daemon count
  for daemon in $DAEMONS; do
    read -r count _ <<<"$(resident "${daemon%:*}" "${daemon#*:}")"
    [ "$count" = 0 ] && printf '%s ' "$daemon"
  done
  ended_daemons
}

# Those started in the background that are no more, of whatever name.
ended_daemons() {
  local file
  for file in "$RUN"/*.pid; do
    [ -e "/proc/$(cat "$file")" ] || printf '%s ' "$(basename "$file" .pid)"
  done
}

stop_daemons() {
  local file pid namespace
  for file in "$RUN"/*.pid "$VAR/squid/squid.pid"; do
    [ -e "$file" ] || continue
    pid=$(cat "$file" 2>/dev/null)
    [ -n "$pid" ] || continue
    # A pid is ours only while it lives inside one of our namespaces.
    namespace=$(ip netns identify "$pid" 2>/dev/null)
    case " $NAMESPACES " in *" ${namespace:-none} "*) kill "$pid" 2>/dev/null ;; esac
  done
}

pids_inside() {
  local n
  for n in $NAMESPACES; do ip netns pids "$n" 2>/dev/null; done | tr '\n' ' '
}

# Waits up to three seconds for the namespaces to empty. What is left of the lab's own daemons is killed; processes of
# others are named and only ended with --kill.
end_leftovers() {
  local left="" pid _
  for _ in $(seq 15); do
    left=$(pids_inside)
    [ -z "${left// /}" ] && return 0
    sleep 0.2
  done
  if [ "$1" = --kill ]; then
    # shellcheck disable=SC2086
    kill -9 $left 2>/dev/null
    return 0
  fi
  echo "still inside the namespaces (lab down --kill ends them):"
  # shellcheck disable=SC2086
  ps -o pid,args -p "$(echo $left | tr ' ' ',')"
  for pid in $left; do
    tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null \
      | grep -qE "$VAR/|^squid|^\(squid|nginx:|haproxy|sslsplit|unbound|nsd:|gtlsserver|chronyd" \
      && kill -9 "$pid" 2>/dev/null
  done
  return 0
}

# Exit 0 when all daemons are alive, 1 when one is dead, 3 when the lab is down.
lab_status() {
  is_up || {
    echo down
    return 3
  }
  local n file argument daemon dead=0 total=0 count mebibytes
  for n in $NAMESPACES; do
    printf '%-8s%-20s scenarios:' "$n" "${HOST4[$n]:-}"
    for file in "$STATE/$n"/*; do
      [ -e "$file" ] || continue
      argument=$(cat "$file")
      printf ' %s%s' "${file##*/}" "${argument:+=$argument}"
    done
    echo
  done
  for daemon in $DAEMONS; do
    read -r count mebibytes <<<"$(resident "${daemon%:*}" "${daemon#*:}")"
    total=$((total + mebibytes))
    [ "$count" = 0 ] && dead=1 && count=DEAD
    printf '%s(%s, %d MiB)  ' "$daemon" "$count" "$mebibytes"
  done
  for daemon in $(ended_daemons); do
    dead=1
    printf '%s(DEAD)  ' "$daemon"
  done
  echo
  for n in inet edge; do waiting_connections "$n"; done
  echo "resident together: $total MiB (shared pages counted more than once)"
  return $dead
}

resident() { # NAMESPACE PROGRAM : number of processes and their resident memory in MiB
  local pid count=0 kibibytes=0 rss
  for pid in $(ip netns pids "$1"); do
    case "$(cat "/proc/$pid/comm" 2>/dev/null)" in
      "$2" | "$2":*)
        rss=$(awk '/^Rss/ { print $2 }' "/proc/$pid/smaps_rollup" 2>/dev/null)
        count=$((count + 1))
        kibibytes=$((kibibytes + ${rss:-0}))
        ;;
    esac
  done
  echo "$count $((kibibytes / 1024))"
}
