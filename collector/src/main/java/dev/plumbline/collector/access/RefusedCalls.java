package dev.plumbline.collector.access;

/** Is told of each call that was refused to somebody who is known. Any thread. */
public interface RefusedCalls {
    RefusedCalls UNTOLD = (who, method, because) -> {};

    /**
     * @param who an identity, or a token's name and id
     * @param method {@code package.Service/Method}
     */
    void refused(String who, String method, String because);
}
