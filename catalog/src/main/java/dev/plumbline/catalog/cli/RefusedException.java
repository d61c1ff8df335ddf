package dev.plumbline.catalog.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Wrong use or configuration that is told in its own sentences, without the usage. */
final class RefusedException extends ParameterException {
    private static final long serialVersionUID = 1L;

    RefusedException(CommandLine command, String sentence) {
        super(command, sentence);
    }

    RefusedException(CommandLine command, List<String> sentences) {
        this(command, String.join(System.lineSeparator(), sentences));
    }
}
