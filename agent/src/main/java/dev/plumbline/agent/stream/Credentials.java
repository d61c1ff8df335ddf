package dev.plumbline.agent.stream;

import dev.plumbline.identity.TlsMaterial;
import io.grpc.Channel;

/** Who the agent is to the collector. Another certificate of the same identity may take the place of the present one. */
public interface Credentials {
    /** For the next connection. */
    TlsMaterial current();

    /**
     * Called again and again while the collector is connected, so that what is due can be asked for over that connection. Must
     * not block.
     */
    default void tend(Channel connection) {}
}
