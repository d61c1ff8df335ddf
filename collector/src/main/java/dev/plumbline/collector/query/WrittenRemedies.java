package dev.plumbline.collector.query;

import dev.plumbline.collector.remedy.Configuration;
import dev.plumbline.collector.remedy.Configurations;
import dev.plumbline.collector.remedy.Dialect;
import dev.plumbline.collector.remedy.WorkOrder;
import java.util.List;
import java.util.stream.Collectors;

/** The remedies of a finding as messages: all, or the one that was asked for. */
final class WrittenRemedies {
    private WrittenRemedies() {}

    static List<dev.plumbline.v1.Configuration> of(WorkOrder order, String word) throws Refusal {
        List<Configuration> all = Configurations.of(order);
        if (word.isEmpty()) {
            return all.stream().map(WrittenRemedies::message).toList();
        }
        Dialect dialect = dialect(word);
        List<Configuration> wanted =
                all.stream().filter(c -> c.dialect() == dialect).toList();
        if (wanted.isEmpty()) {
            throw Refusal.notFound(
                    "dialect",
                    word + " has nothing to write for "
                            + order.finding().mechanism().id() + " "
                            + order.finding().scope() + "; " + whoHas(all));
        }
        return wanted.stream().map(WrittenRemedies::message).toList();
    }

    private static Dialect dialect(String word) throws Refusal {
        try {
            return Dialect.ofWord(word);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("dialect", "no such dialect: " + e.getMessage());
        }
    }

    private static String whoHas(List<Configuration> all) {
        return all.isEmpty()
                ? "no configuration mends it, its remedy is the sentence alone"
                : "these have: " + all.stream().map(c -> c.dialect().word()).collect(Collectors.joining(", "));
    }

    private static dev.plumbline.v1.Configuration message(Configuration configuration) {
        return dev.plumbline.v1.Configuration.newBuilder()
                .setDialect(configuration.dialect().word())
                .setTitle(configuration.dialect().title())
                .addAllLines(configuration.lines())
                .build();
    }
}
