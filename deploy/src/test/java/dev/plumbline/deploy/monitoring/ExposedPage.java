package dev.plumbline.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of metrics, read as strictly as its form says: a type before each family, no series twice, labels that are closed. */
record ExposedPage(Set<String> names) {
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\",?)*})? (\\S+)");
    private static final Pattern META = Pattern.compile("# (HELP|TYPE|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
    private static final Set<String> SUFFIXES = Set.of("", "_total", "_bucket", "_sum", "_count", "_info", "_max");

    static ExposedPage parse(String page) {
        Map<String, String> types = new HashMap<>();
        Set<String> helps = new HashSet<>();
        Set<String> names = new LinkedHashSet<>();
        Set<String> series = new HashSet<>();
        boolean isEnded = false;
        for (String line : page.lines().toList()) {
            assertThat(isEnded).as("nothing follows the end: " + line).isFalse();
            if (line.equals("# EOF")) {
                isEnded = true;
            } else if (line.startsWith("#")) {
                Matcher meta = META.matcher(line);
                assertThat(meta.matches()).as(line).isTrue();
                if (meta.group(1).equals("TYPE")) {
                    assertThat(types.put(meta.group(2), meta.group(3)))
                            .as("a type is told once: " + line)
                            .isNull();
                } else if (meta.group(1).equals("HELP")) {
                    helps.add(meta.group(2));
                }
            } else {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(Double.parseDouble(sample.group(3).replace("Inf", "Infinity")))
                        .as(line)
                        .isNotNull();
                assertThat(series.add(sample.group(1) + sample.group(2)))
                        .as("a series is told once: " + line)
                        .isTrue();
                assertThat(SUFFIXES.stream()
                                .filter(s -> sample.group(1).endsWith(s))
                                .map(s -> sample.group(1)
                                        .substring(0, sample.group(1).length() - s.length())))
                        .as("a type comes first: " + line)
                        .anyMatch(types::containsKey);
                names.add(sample.group(1));
            }
        }
        assertThat(helps).isEqualTo(types.keySet());
        return new ExposedPage(names);
    }
}
