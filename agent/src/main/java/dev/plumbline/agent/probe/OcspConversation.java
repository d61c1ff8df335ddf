package dev.plumbline.agent.probe;

import dev.plumbline.agent.revocation.OcspAnswer;
import dev.plumbline.agent.revocation.OcspQuestion;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A real question to an OCSP responder by POST (RFC 6960 §A.1): about the certificate that the catalog's path names, the same
 * for all segments, else about one that a server of this process's own connections showed. With neither, the path is fetched, which proves less.
 */
final class OcspConversation implements Conversation {
    static final String REQUEST = "application/ocsp-request";

    private static final Appetite WHOLE =
            new Appetite(Answer.MAX_BODY_BYTES, Answer.MAX_BODY_BYTES, OcspConversation::read);

    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        // What strangers' certificates name is not verified here, so the catalog's own question goes first.
        Optional<OcspQuestion> question = OcspQuestion.ofPath(talk.target().path())
                .or(() -> talk.network().revocation().responder(talk.host()));
        HttpAsk ask = question.map(q -> HttpAsk.post(talk.host(), q.path(), REQUEST, q.request())
                        .asking("POST of an OCSP request about " + q.about()))
                .orElseGet(() -> HttpAsk.get(talk.host(), "/").asking("GET, for want of a certificate to ask about"));
        return Http1Exchange.run(talk, talk.channel(), ask.wanting(WHOLE)).thenApply(Said::exchange);
    }

    private static void read(Answer answer, byte[] body) {
        OcspAnswer.read(body).ifPresent(response -> {
            answer.seen("response-status", response.responseStatus());
            if (!response.certStatus().isEmpty()) {
                answer.seen("cert-status", response.certStatus());
            }
            response.producedAt().ifPresent(at -> answer.seen("produced-at", at.toString()));
        });
    }
}
