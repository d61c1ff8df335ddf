package dev.plumbline.config;

import java.util.List;

/** A configuration that cannot be used; every problem is one sentence that begins with {@code file:line: key}. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public ConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** At least one sentence. */
    public List<String> problems() {
        return problems;
    }
}
