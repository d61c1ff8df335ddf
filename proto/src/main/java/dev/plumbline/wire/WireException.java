package dev.plumbline.wire;

/** A message that is no value of ours; the sentence begins with the path of the field. */
public final class WireException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String problem;

    /**
     * @param path dotted path of the field, such as {@code observations[2].target_id}
     * @param problem what is wrong and what would be right
     */
    public WireException(String path, String problem) {
        super(path + ": " + problem);
        this.path = path;
        this.problem = problem;
    }

    /** The same problem seen from the enclosing message. */
    public WireException within(String outer) {
        return new WireException(outer + "." + path, problem);
    }

    /** Dotted path of the field. */
    public String path() {
        return path;
    }
}
