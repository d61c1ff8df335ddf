package dev.plumbline.agent.pac;

import java.time.ZonedDateTime;
import java.util.Optional;

/** A host that resolves no name and whose clock stands: what a script says for it depends on the script alone. */
public record NamelessHost(String ownAddress, ZonedDateTime now) implements PacHost {
    @Override
    public Optional<String> resolve(String name) {
        return Optional.empty();
    }
}
