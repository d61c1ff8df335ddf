package dev.plumbline.collector.access;

import io.grpc.Context;

/**
 * Whoever makes a call as a person or a tool.
 *
 * @param who for the audit log: an identity, or a token's name and id
 * @param address from where, without the port
 */
public record Asker(String who, AccessRole role, Purview purview, String address) {
    private static final Context.Key<Asker> CURRENT = Context.key("asker");

    public Asker {
        // Whatever changes something, or is told of the whole site, is never for a part of it.
        if (!purview.isWholeSite() && role != AccessRole.VIEWER) {
            throw new IllegalArgumentException("whoever sees some segments alone is a viewer, not " + role.word());
        }
    }

    /** Of the current call. */
    public static Asker current() {
        Asker asker = CURRENT.get();
        if (asker == null) {
            throw new IllegalStateException("a call of nobody went past the port's interceptor");
        }
        return asker;
    }

    /** A context in which this is the current one. */
    public Context in(Context context) {
        return context.withValue(CURRENT, this);
    }
}
