#!/bin/bash
# ocsp.sh PKI : answers the one question over HTTP (RFC 6960, appendix A) that comes on standard input, by openssl.
# One process for each connection: openssl's own listener serves one at a time, and spins on one that asks nothing.
pki=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

read -r -t 10 method path _ || exit 0
length=0
while read -r -t 10 header && header=${header%$'\r'} && [ -n "$header" ]; do
  [[ ${header,,} =~ ^content-length:\ *([0-9]{1,5})$ ]] && length=${BASH_REMATCH[1]}
done
case $method in
  POST) timeout 10 head -c "$length" >"$work/request" ;;
  GET) printf '%b' "$(sed 's/%/\\x/g' <<<"${path##*/}")" | openssl base64 -d -A >"$work/request" 2>/dev/null ;;
esac
# What cannot be read is told so: malformedRequest (section 2.3).
openssl ocsp -index "$pki/index.txt" -CA "$pki/ca.pem" -rsigner "$pki/ocsp.pem" -rkey "$pki/ocsp.key" -ndays 1 \
  -reqin "$work/request" -respout "$work/answer" >/dev/null 2>&1 || printf '\x30\x03\x0a\x01\x01' >"$work/answer"
printf 'HTTP/1.0 200 OK\r\nContent-Type: application/ocsp-response\r\nContent-Length: %d\r\n\r\n' "$(stat -c %s "$work/answer")"
cat "$work/answer"
