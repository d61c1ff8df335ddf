package dev.plumbline.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class AlertRulesTest {
    private static final Path TESTS = Path.of("prometheus/plumbline.test.yaml");

    @Test
    void promtoolTakesTheRules() throws Exception {
        Promtool.find().accepts("", "check", "rules", NamedMetrics.RULES.toString());
    }

    @Test
    void theRulesDoWhatTheirTestsSay() throws Exception {
        Promtool.find().accepts("", "test", "rules", TESTS.toString());
    }

    @Test
    void theSampleConfigurationIsOneOfPrometheus() throws Exception {
        Promtool.find().accepts("", "check", "config", "prometheus/prometheus.yaml");
    }

    @Test
    void everyAlertHasATest() throws Exception {
        assertThat(named("alert: (\\w+)", NamedMetrics.RULES))
                .isNotEmpty()
                .isEqualTo(named("alertname: (\\w+)", TESTS));
    }

    private static Set<String> named(String pattern, Path file) throws Exception {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
        return matcher.results().map(r -> r.group(1)).collect(Collectors.toSet());
    }
}
