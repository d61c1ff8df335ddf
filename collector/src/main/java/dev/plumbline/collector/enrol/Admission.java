package dev.plumbline.collector.enrol;

import dev.plumbline.collector.access.Asker;
import io.grpc.Status;
import java.time.Instant;

/** What showing a token, or none, comes to. */
public sealed interface Admission {
    /**
     * It is known and open.
     *
     * @param tokenId by which it is revoked
     */
    record Granted(Asker asker, String tokenId, Instant endsAt) implements Admission {}

    /** @param status the same for every token that opens nothing */
    record Refused(Status status) implements Admission {}
}
