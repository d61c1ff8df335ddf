#!/bin/bash
# pki.sh FOLDER HOSTS : makes every key and certificate of the lab in FOLDER/pki, and what is signed with them in FOLDER/www.
#
#   Lab Root CA (not Apple)      stands for the public roots: provider API, web hosts, OCSP, couriers without apns-security-v3
#   Lab private root             stands for Apple Root CA: couriers with apns-security-v3, init.push, gdmf, gsa, the bag's signer
#   Campus Web Gateway CA, NGFW SSL Inspection CA, blocked.campus.example: the middleboxes' own
set -e
pki=$1/pki
hosts=$(readlink -f "$2")
complete=.complete-6 # a new number makes the certificates anew
made_for=$(sha256sum <"$hosts")
[ "$(cat "$pki/$complete" 2>/dev/null)" = "$made_for" ] && exit 0
rm -rf "$pki"
mkdir -p "$pki/leaf" "$1"/www/{crl,certs,push,captive,mesu}
cd "$pki"

SIGNER='basicConstraints=critical,CA:true,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n'
LEAF='basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature,keyEncipherment\n'
REVOCATION='authorityInfoAccess=OCSP;URI:http://ocsp.apple.com/ocsp03-apsrsa12g101,caIssuers;URI:http://certs.apple.com/apsrsa12g1.der
crlDistributionPoints=URI:http://crl.apple.com/apsrsa12g1.crl'
# What Apple's systems look for in a courier's intermediate and leaf.
INTERMEDIATE_MARKER='1.2.840.113635.100.6.2.12=ASN1:NULL\n'
LEAF_MARKER='1.2.840.113635.100.6.27.5.2=ASN1:NULL\n'

# Hosts of hosts.tsv: a round of five agents is more than a thousand handshakes, which RSA would make slow.
new_quick_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null; }
new_key() { openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$1" 2>/dev/null; }

root() { # NAME SUBJECT
  new_key "$1.key"
  openssl req -x509 -new -key "$1.key" -days 3650 -sha256 -out "$1.pem" -subj "$2" \
    -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,cRLSign
}
self_signed() { # NAME SUBJECT DAYS EXTENSION... : NAME.key and NAME.crt
  local name=$1 subject=$2 days=$3 extension extensions=()
  shift 3
  for extension; do extensions+=(-addext "$extension"); done
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$name.key" -out "$name.crt" -days "$days" \
    -subj "$subject" "${extensions[@]}" 2>/dev/null
}
sign() { # CA SERIAL DAYS EXTENSIONS : request.csr becomes signed.pem
  printf '%b' "$4" >extensions
  openssl x509 -req -in request.csr -CA "$1.pem" -CAkey "$1.key" -set_serial "$2" -days "$3" -sha256 \
    -extfile extensions -out signed.pem 2>/dev/null
}
request() { openssl req -new -key "$1" -subj "$2" -out request.csr; } # KEY SUBJECT
intermediate() { # NAME SUBJECT SERIAL ROOT [MORE EXTENSIONS]
  new_key "$1.key"
  request "$1.key" "$2"
  sign "$4" "$3" 1825 "$SIGNER${5:-}"
  mv signed.pem "$1.pem"
}

serial=8192
until=$(date -u -d '+398 days' +%y%m%d%H%M%SZ)
leaf_key=leaf.key
issue() { # FILE NAME CA EXTENSIONS : leaf/FILE.pem with its chain, under the key of leaf_key
  serial=$((serial + 1))
  request $leaf_key "/C=US/ST=California/O=Apple Inc./CN=$2"
  sign "$3" $serial 398 "$4"
  cat signed.pem "$3.pem" >"leaf/$1.pem"
  cp $leaf_key "leaf/$1.key"
}
public_leaf() { # FILE NAME ALTERNATIVES [CA]
  issue "$1" "$2" "${4:-ca}" "${LEAF}extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=$3\n$REVOCATION\n"
  printf 'V\t%s\t\t%X\tunknown\t/C=US/ST=California/O=Apple Inc./CN=%s\n' "$until" $serial "$2" >>index.txt
}
private_leaf() { # FILE NAME [ALTERNATIVE]
  issue "$1" "$2" auth "${LEAF}extendedKeyUsage=serverAuth\nsubjectAltName=DNS:$2${3:+,DNS:$3}\n$LEAF_MARKER"
}

authorities() {
  root root "/C=US/O=Lab stand-in for a public root/CN=Lab Root CA (not Apple)"
  intermediate ca "/C=US/ST=California/O=Apple Inc./CN=Apple Public Server RSA CA 12 - G1" 4097 root
  intermediate other "/C=US/O=Lab DigiCert-like/CN=Lab Public TLS CA 2" 4098 root
  root apple-root "/C=US/O=Lab stand-in for Apple Inc./CN=Lab private root (stands for Apple Root CA)"
  intermediate auth "/C=US/O=Apple Inc./OU=Apple Certification Authority/CN=Apple Server Authentication CA" 4099 \
    apple-root "$INTERMEDIATE_MARKER"
  cat root.pem apple-root.pem >roots.pem # for whoever checks every host: squid and ordinary tools
}

device() {
  self_signed device-ca "/C=US/O=Apple Inc./OU=Apple iPhone/CN=Apple iPhone Device CA" 3650
  mv device-ca.crt device-ca.pem
  new_key device.key
  request device.key "/CN=00000000-LAB-DEVICE/O=Apple Inc./OU=iPhone"
  sign device-ca 1 825 ''
  mv signed.pem device.pem
}

servers() {
  local name ports class authority
  new_key leaf.key
  : >index.txt
  public_leaf courier courier.push.apple.com \
    "DNS:courier.push.apple.com,DNS:*.push.apple.com,DNS:courier.sandbox.push.apple.com"
  public_leaf api api.push.apple.com \
    "DNS:api.push.apple.com,DNS:api.development.push.apple.com,DNS:api.sandbox.push.apple.com"
  public_leaf gateway gateway.push.apple.com "DNS:gateway.push.apple.com,DNS:feedback.push.apple.com"
  public_leaf doh.dns.apple.com doh.dns.apple.com DNS:doh.dns.apple.com
  public_leaf quic mask.icloud.com \
    "DNS:mask.icloud.com,DNS:pos-device.apple.com,DNS:app-site-association.networking.apple"
  public_leaf wild apple.com "DNS:*.apple.com,DNS:*.itunes.apple.com,DNS:*.apps.apple.com,DNS:*.icloud.com,\
DNS:*.icloud-content.com,DNS:*.mzstatic.com,DNS:*.cdn-apple.com"
  new_quick_key host.key
  leaf_key=host.key
  while IFS=$'\t' read -r name ports class; do
    case $ports in *443*) ;; *) continue ;; esac
    case $class in c) authority=other ;; *) authority=ca ;; esac
    case $name in gdmf.apple.com | gsa.apple.com) authority=auth ;; esac
    public_leaf "$name" "$name" "DNS:$name" $authority
  done <"$hosts"
  leaf_key=leaf.key
  private_leaf courier-v3 courier.push.apple.com courier.sandbox.push.apple.com
  private_leaf init init.push.apple.com
  # Where a DNS hijack leads.
  request leaf.key "/C=US/O=Parking Ltd/CN=parked-domain.invalid"
  openssl x509 -req -in request.csr -signkey leaf.key -days 365 -out leaf/parked.pem 2>/dev/null
  cp leaf.key leaf/parked.key
}

revocation() {
  new_key ocsp.key
  request ocsp.key "/C=US/O=Apple Inc./CN=Lab OCSP responder"
  sign ca 196607 398 'extendedKeyUsage=OCSPSigning\nbasicConstraints=CA:false\n'
  mv signed.pem ocsp.pem
  printf '%s\n' '[ca]' default_ca=d '[d]' database=index.txt crlnumber=crlnumber default_md=sha256 \
    default_crl_days=30 >ca.cnf
  echo 01 >crlnumber
  openssl ca -config ca.cnf -gencrl -cert ca.pem -keyfile ca.key -out crl.pem 2>/dev/null
  openssl crl -in crl.pem -outform DER -out ../www/crl/apsrsa12g1.crl
  openssl x509 -in ca.pem -outform DER -out ../www/certs/apsrsa12g1.der
  # The other authority has revoked nothing.
  : >none.txt
  sed s/index.txt/none.txt/ ca.cnf >other.cnf
  openssl ca -config other.cnf -gencrl -cert other.pem -keyfile other.key -out other-crl.pem 2>/dev/null
  openssl crl -in other-crl.pem -outform DER -out ../www/crl/DigiCertGlobalRootG2.crl
}

middleboxes() {
  local ca=(basicConstraints=critical,CA:true keyUsage=critical,keyCertSign,cRLSign)
  self_signed mitm-squid "/C=DE/O=Hochschule Beispiel IT/CN=Campus Web Gateway CA" 3650 "${ca[@]}"
  self_signed mitm-split "/C=DE/O=Hochschule Beispiel Firewall/CN=NGFW SSL Inspection CA" 3650 "${ca[@]}"
  cat mitm-squid.crt mitm-squid.key >mitm-squid.pem
  self_signed block "/C=DE/O=Campus Web Filter/CN=blocked.campus.example" 365 subjectAltName=DNS:blocked.campus.example
  mv block.crt block.pem
}

plist_head='<?xml version="1.0" encoding="UTF-8"?>'
bag() { # the signed configuration that init-p01st.push.apple.com serves
  local signature leaf issuer
  printf '%s\n' "$plist_head" '<plist version="1.0"><dict>' \
    '<key>APNSCourierHostcount</key><integer>50</integer>' \
    '<key>APNSCourierHostname</key><string>courier.push.apple.com</string>' \
    '<key>APNSCourierStatus</key><true/>' \
    '<key>ClientConnectionRetryAttempts</key><integer>100</integer>' '</dict></plist>' >bag.inner
  signature=$(openssl dgst -sha1 -sign leaf.key bag.inner | base64 -w0)
  leaf=$(openssl x509 -in leaf/courier-v3.pem -outform DER | base64 -w0)
  issuer=$(openssl x509 -in auth.pem -outform DER | base64 -w0)
  printf '%s\n' "$plist_head" \
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">' \
    '<plist version="1.0"><dict>' \
    "<key>signature</key><data>$signature</data>" \
    "<key>certs</key><array><data>$leaf</data><data>$issuer</data></array>" \
    "<key>bag</key><data>$(base64 -w0 <bag.inner)</data>" '</dict></plist>' >../www/push/bag
}

assets=com_apple_MobileAsset_SoftwareUpdate
updates() { # the list of updates: longer than the range that is asked of it
  mkdir -p "../www/mesu/assets/$assets"
  {
    printf '%s\n' "$plist_head" '<plist version="1.0"><dict><key>Assets</key><array>'
    seq -f '<dict><key>Build</key><string>22A%g</string></dict>' 200
    printf '%s\n' '</array></dict></plist>'
  } >"../www/mesu/assets/$assets/$assets.xml"
}

authorities
device
servers
revocation
middleboxes
bag
updates
printf '<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>' >../www/captive/index.html
rm -f request.csr signed.pem extensions
echo "$made_for" >$complete
