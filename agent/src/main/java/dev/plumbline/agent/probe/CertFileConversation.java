package dev.plumbline.agent.probe;

import dev.plumbline.agent.revocation.CertFile;
import java.util.concurrent.CompletableFuture;

/**
 * A certificate or revocation list over plain HTTP: the one that the catalog names, else one that a captured certificate names
 * on this host. The catalog goes first so that all segments fetch the same small file.
 */
final class CertFileConversation implements Conversation {
    private static final long MOST_BYTES = 4 << 20;
    private static final int KEPT_BYTES = 8 << 10;
    private static final Appetite FILE = new Appetite(MOST_BYTES, KEPT_BYTES, CertFileConversation::read);

    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        String named = talk.target().path();
        String path = named.length() > 1
                ? named
                : talk.network().revocation().file(talk.host()).orElse("/");
        return Http1Exchange.run(
                        talk,
                        talk.channel(),
                        HttpAsk.get(talk.host(), path).asking("GET " + path).wanting(FILE))
                .thenApply(Said::exchange);
    }

    private static void read(Answer answer, byte[] start) {
        CertFile.read(start).ifPresent(file -> {
            answer.seen("form", file.form());
            answer.seen("issuer", file.issuer());
            boolean list = file.form().equals(CertFile.CRL);
            answer.seen(list ? "this-update" : "not-before", file.from().toString());
            file.until().ifPresent(until -> answer.seen(list ? "next-update" : "not-after", until.toString()));
            answer.seen("length", Long.toString(file.length()));
            if (answer.bodyBytes() >= MOST_BYTES) {
                answer.seen("read", "beginning");
            }
        });
    }
}
