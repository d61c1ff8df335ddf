package dev.plumbline.deploy.campus;

import dev.plumbline.words.Bytes;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.quic.QuicSslContext;
import java.net.InetAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all segments share: the truth, the certificates, the threads and every open connection.
 *
 * @param loopbacks the loopback addresses of this host, IPv4 first
 */
record Internet(
        Zone zone,
        Identities identities,
        Pages pages,
        EventLoopGroup loops,
        ChannelGroup connections,
        List<InetAddress> loopbacks) {

    /** The page of a web host; {@code doh.dns.apple.com} answers questions (RFC 8484). */
    Page web(WebHandler.Visit visit) {
        if (visit.host().equals("doh.dns.apple.com") && visit.path().equals("/dns-query")) {
            return doh(visit);
        }
        return pages.web(visit);
    }

    /** The identity of a web host in QUIC; where a name leads astray, a stranger's. */
    QuicSslContext quic(String name, Treatment treatment) {
        return treatment.kind() == Treatment.Kind.PARKED
                ? identities.quicStranger("Parking Ltd", "parked-domain.invalid")
                : identities.quic(known(name));
    }

    /** A server knows its own names only; without one of them it shows its usual certificate. */
    String known(String name) {
        return zone.isServed(name) ? name : "www.apple.com";
    }

    private Page doh(WebHandler.Visit visit) {
        byte[] query = visit.method().equals("POST") ? visit.body().toArray() : fromQuery(visit.query());
        Optional<DnsQuestion> question = DnsQuestion.parse(query);
        return question.map(q -> new Page(200, "application/dns-message", Bytes.of(Answers.truth(zone, q)), Map.of()))
                .orElseGet(() -> Page.of(400, "text/plain", "no DNS message\n"));
    }

    private static byte[] fromQuery(String query) {
        String marker = "dns=";
        try {
            return query.startsWith(marker)
                    ? Base64.getUrlDecoder().decode(query.substring(marker.length()))
                    : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
