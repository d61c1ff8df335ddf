package dev.plumbline.agent.pac;

import java.time.ZonedDateTime;
import java.util.Optional;

/** What a script may learn of the host that runs it. Called on the script's own thread. */
public interface PacHost {
    /** The first IPv4 address of a name, dotted; empty when there is none before the deadline that the host keeps. */
    Optional<String> resolve(String name);

    /** The address that the host leaves from, dotted. */
    String ownAddress();

    ZonedDateTime now();
}
