package dev.plumbline.agent.enrol;

import dev.plumbline.identity.KeyFingerprint;
import java.time.Instant;

/** Is told how it goes while somebody has to say yes to this host. */
interface Waiting {
    /**
     * It waits.
     *
     * @param identity what the host will be, as the collector says
     * @param key of this host, as it knows it itself
     * @param ends with the token
     */
    void waits(String identity, KeyFingerprint key, Instant ends);

    /** No collector answers at the moment; it is asked again. */
    void unanswered(String problem);

    /** It waits no longer. */
    void over();
}
