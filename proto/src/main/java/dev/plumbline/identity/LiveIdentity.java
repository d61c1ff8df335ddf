package dev.plumbline.identity;

/** A server's identity, whose certificate and key may be replaced while it serves. Any thread. */
public final class LiveIdentity {
    private final LiveChain shown;
    private volatile TlsMaterial current;

    public LiveIdentity(TlsMaterial first) {
        this.current = first;
        this.shown = new LiveChain(chain(first));
    }

    private static TlsFiles.Chain chain(TlsMaterial material) {
        return new TlsFiles.Chain(material.chain(), material.key());
    }

    public TlsMaterial current() {
        return current;
    }

    /** What handshakes show. */
    public LiveChain shown() {
        return shown;
    }

    /**
     * From now on it is this; connections that stand are left alone.
     *
     * @throws IllegalArgumentException when it is another identity's
     */
    public synchronized void replace(TlsMaterial next) {
        if (!next.identity().equals(current.identity())) {
            throw new IllegalArgumentException(
                    "a certificate of " + next.identity() + " does not replace one of " + current.identity());
        }
        current = next;
        shown.replace(chain(next));
    }
}
