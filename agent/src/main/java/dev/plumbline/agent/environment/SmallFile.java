package dev.plumbline.agent.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The beginning of a file of this host's. */
final class SmallFile {
    private static final int MAX_BYTES = 256 * 1024;
    private static final Pattern SETTING = Pattern.compile("^(DefaultEnvironment|ManagerEnvironment)=");
    private static final Pattern QUOTED = Pattern.compile("\"([A-Za-z_][A-Za-z0-9_]*)=([^\"]*)\"");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?<![A-Za-z0-9_])([A-Za-z_][A-Za-z0-9_]*)=(?:\"([^\"]*)\"|'([^']*)'|(\\S*))");

    private SmallFile() {}

    static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** NAME=VALUE lines as in environment(7) files; empty when the file cannot be read. */
    static Map<String, String> assignments(Path file) {
        try {
            return assignments(read(file));
        } catch (IOException e) {
            return Map.of();
        }
    }

    static Map<String, String> assignments(String text) {
        Map<String, String> values = new TreeMap<>();
        for (String line : text.lines().toList()) {
            // systemd's own files give them as quoted words of one setting.
            String words = SETTING.matcher(line.strip()).replaceFirst("");
            if (words.isEmpty() || words.startsWith("#")) {
                continue;
            }
            Matcher one = ASSIGNMENT.matcher(QUOTED.matcher(words).replaceAll("$1=\"$2\""));
            while (one.find()) {
                String value = one.group(2) != null ? one.group(2) : one.group(3) != null ? one.group(3) : one.group(4);
                values.put(one.group(1), value);
            }
        }
        return values;
    }
}
