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
import java.util.function.Function;
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
     * Asks whose a request is that is no call, or is none yet.
     *
     * @param authorization every header of that name
     * @param what is asked, for the audit log
     */
    public Asked asked(@Nullable SocketAddress remote, List<String> authorization, String what, Audience audience) {
        Answer answer = ask(remote, authorization, what, audience);
        if (answer instanceof Answer.Refused no) {
            told(remote, no);
        }
        return new Asked(answer);
    }

    /** What asking came to, for those of other rooms. */
    public static final class Asked {
        private final Answer answer;

        private Asked(Answer answer) {
            this.answer = answer;
        }

        /**
         * @param granted of the token's id
         * @param refused of the reason
         */
        public <T> T fold(Function<String, T> granted, Function<Status, T> refused) {
            return answer instanceof Answer.Refused no
                    ? refused.apply(no.status())
                    : granted.apply(((Answer.Granted) answer).to().tokenId());
        }
    }

    Answer ask(@Nullable SocketAddress remote, List<String> authorization, String what, Audience audience) {
        if (!(remote instanceof InetSocketAddress from) || from.getAddress() == null) {
            return new Answer.Refused(Status.UNAUTHENTICATED, false);
        }
        Admission admission = tokens.admit(shown(authorization), from.getAddress());
        if (admission instanceof Admission.Refused no) {
            return new Answer.Refused(no.status(), false);
        }
        Admission.Granted granted = (Admission.Granted) admission;
        if (!door.isLetIn(from, granted.tokenId())) {
            return new Answer.Refused(TOO_MANY, true);
        }
        Asker asker = granted.asker();
        if (!audience.includes(asker.role())) {
            refused.refused(
                    asker.who(),
                    what,
                    "the token's role is " + asker.role().word() + ", and the call " + audience.said());
            return new Answer.Refused(
                    Status.PERMISSION_DENIED.withDescription(
                            "the role " + asker.role().word() + " of this token may not call " + what + ", which "
                                    + audience.said()),
                    false);
        }
        return new Answer.Granted(granted);
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
