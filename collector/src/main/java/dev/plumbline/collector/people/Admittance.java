package dev.plumbline.collector.people;

import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.access.Audience;
import dev.plumbline.collector.access.RefusedCalls;
import dev.plumbline.collector.enrol.Admission;
import dev.plumbline.collector.enrol.TokenRegister;
import dev.plumbline.collector.ingest.Door;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who is let in at one port by a token, and to what; what is under way ends with the token. Any thread. */
public final class Admittance {
    /** RFC 6750 section 2.1; the scheme's letters may be of any case (RFC 9110 section 11.1). */
    private static final String SCHEME = "bearer ";

    private static final Status TOO_MANY =
            Status.RESOURCE_EXHAUSTED.withDescription("there are too many connections with"
                    + " this token from this address, or with all tokens; ask several questions over one connection");

    private final TokenRegister tokens;
    private final RefusedCalls refused;
    private final Door door;
    private final Clock clock;
    private final OpenCalls open = new OpenCalls();

    public Admittance(TokenRegister tokens, RefusedCalls refused, Door door, Clock clock) {
        this.tokens = tokens;
        this.refused = refused;
        this.door = door;
        this.clock = clock;
        tokens.whenLess(open::end);
    }

    /** What asking came to. */
    sealed interface Answer {
        record Granted(Admission.Granted to) implements Answer {}

        /** @param isCut whether the connection is to be closed after it was told */
        record Refused(Status status, boolean isCut) implements Answer {}
    }

    /** Asks at every call whose it is, and whether it is theirs. */
    public ServerInterceptor ofCalls() {
        return new TokenInterceptor(this, tokens, open, clock);
    }

    /** Ends the calls whose token has ended: to be called about once a second. */
    public void endThoseOver() {
        open.endThoseOver();
    }

    /**
     * Asks whose a request is that is no call, such as one for a page.
     *
     * @param authorization every header of that name
     * @param what is asked, for the audit log
     * @param isOfWholeSite whether it tells of all segments
     * @return why it is refused; empty when it is not
     */
    public Optional<Status> refusal(
            @Nullable SocketAddress remote,
            List<String> authorization,
            String what,
            Audience audience,
            boolean isOfWholeSite) {
        Answer answer = ask(remote, authorization, what, audience);
        if (answer instanceof Answer.Refused no) {
            told(remote, no);
            return Optional.of(no.status());
        }
        Asker asker = ((Answer.Granted) answer).to().asker();
        if (isOfWholeSite && !asker.purview().isWholeSite()) {
            refused.refused(asker.who(), what, "the token is for " + asker.purview() + " alone");
            return Optional.of(Status.PERMISSION_DENIED.withDescription(
                    "this token is for " + asker.purview() + " alone, and " + what + " tells of the whole site"));
        }
        return Optional.empty();
    }

    /**
     * Asks whose a token is that is shown once, such as in a form, for whatever follows by {@link #goesOn}.
     *
     * @param token as it was typed; empty = none was
     */
    public Admission signIn(@Nullable SocketAddress remote, Optional<String> token) {
        Answer answer = let(remote, token);
        if (answer instanceof Answer.Refused no) {
            told(remote, no);
            return new Admission.Refused(no.status());
        }
        return ((Answer.Granted) answer).to();
    }

    /** Whether who was let in by a token before still is, on this connection. */
    public boolean goesOn(@Nullable SocketAddress remote, Admission.Granted granted) {
        return remote instanceof InetSocketAddress from
                && from.getAddress() != null
                && tokens.isUsed(granted, from.getAddress())
                && door.isLetIn(from, granted.tokenId());
    }

    /** The same without a look at the connection, and no use of the token. */
    public boolean isOpen(Admission.Granted granted) {
        return tokens.isOpen(granted);
    }

    /** Is told of the id of each token that is revoked or narrowed, after it opens nothing, or less. */
    public void whenLess(Consumer<String> listener) {
        tokens.whenLess(listener);
    }

    /**
     * Whether somebody may ask for something.
     *
     * @param what is asked, for the audit log
     * @return why not
     */
    public Optional<Status> denial(Asker asker, String what, Audience audience) {
        if (audience.includes(asker.role())) {
            return Optional.empty();
        }
        refused.refused(
                asker.who(), what, "the token's role is " + asker.role().word() + ", and the call " + audience.said());
        return Optional.of(Status.PERMISSION_DENIED.withDescription("the role "
                + asker.role().word() + " of this token may not call " + what + ", which " + audience.said()));
    }

    Answer ask(@Nullable SocketAddress remote, List<String> authorization, String what, Audience audience) {
        Answer answer = let(remote, shown(authorization));
        if (answer instanceof Answer.Granted granted) {
            return denial(granted.to().asker(), what, audience)
                    .<Answer>map(status -> new Answer.Refused(status, false))
                    .orElse(granted);
        }
        return answer;
    }

    private Answer let(@Nullable SocketAddress remote, Optional<String> token) {
        if (!(remote instanceof InetSocketAddress from) || from.getAddress() == null) {
            return new Answer.Refused(Status.UNAUTHENTICATED, false);
        }
        Admission admission = tokens.admit(token, from.getAddress());
        if (admission instanceof Admission.Refused no) {
            return new Answer.Refused(no.status(), false);
        }
        Admission.Granted granted = (Admission.Granted) admission;
        return door.isLetIn(from, granted.tokenId()) ? new Answer.Granted(granted) : new Answer.Refused(TOO_MANY, true);
    }

    void told(@Nullable SocketAddress remote, Answer.Refused no) {
        if (no.isCut() && remote != null) {
            door.sendAway(remote);
        }
    }

    /** Whatever follows the scheme; several headers are none. */
    private static Optional<String> shown(List<String> authorization) {
        if (authorization.size() != 1) {
            return Optional.empty();
        }
        String header = authorization.get(0);
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }
}
