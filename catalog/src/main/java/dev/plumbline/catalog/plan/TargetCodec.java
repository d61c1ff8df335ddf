package dev.plumbline.catalog.plan;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.RowRef;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.Words;
import dev.plumbline.v1.SourceRef;
import dev.plumbline.wire.Fields;
import dev.plumbline.wire.WireException;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Between targets and messages. */
final class TargetCodec {
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(3650);

    private TargetCodec() {}

    static dev.plumbline.v1.Target encode(Target target) {
        dev.plumbline.v1.Target.Builder message = dev.plumbline.v1.Target.newBuilder()
                .setId(target.id().value())
                .setHost(target.host())
                .setPoolSize(target.poolSize())
                .setPort(target.port())
                .setTransport(target.transport().word())
                .setProbe(target.probe().word())
                .setServerName(target.serverName())
                .setIdentity(Words.of(target.identity()))
                .addAllAlpnLadder(target.alpnLadder())
                .setPath(target.path())
                .addAllServices(words(target.services()))
                .addAllRoles(words(target.roles()))
                .addAllPlatforms(words(target.platforms()))
                .setObligation(Words.of(target.obligation()))
                .setRetiredOn(target.retiredOn().map(LocalDate::toString).orElse(""))
                .setProxyPolicy(Words.of(target.proxy()))
                .setMinimumIntervalMillis(target.minimumInterval().toMillis());
        target.sources().forEach(s -> message.addSources(source(s)));
        return message.build();
    }

    static Target decode(dev.plumbline.v1.Target message) throws WireException {
        try {
            return new Target(
                    Fields.targetId(message.getId(), "id"),
                    message.getHost(),
                    Fields.count(message.getPoolSize(), "pool_size"),
                    message.getPort(),
                    transport(message.getTransport()),
                    word(ProbeKind.class, message.getProbe(), "probe"),
                    message.getServerName(),
                    word(IdentityClass.class, message.getIdentity(), "identity"),
                    message.getAlpnLadderList(),
                    message.getPath(),
                    set(Service.class, message.getServicesList(), "services"),
                    set(Role.class, message.getRolesList(), "roles"),
                    set(Platform.class, message.getPlatformsList(), "platforms"),
                    word(Obligation.class, message.getObligation(), "obligation"),
                    date(message.getRetiredOn()),
                    word(ProxyPolicy.class, message.getProxyPolicy(), "proxy_policy"),
                    millis(message.getMinimumIntervalMillis(), LONGEST_INTERVAL, "minimum_interval_millis"),
                    Fields.each(message.getSourcesList(), "sources", TargetCodec::source));
        } catch (IllegalArgumentException e) {
            throw Fields.problem("target", e);
        }
    }

    static Duration millis(long millis, Duration longest, String field) throws WireException {
        if (millis < 0 || millis > longest.toMillis()) {
            throw new WireException(
                    field, Long.toUnsignedString(millis) + " ms is more than " + longest.toDays() + " d");
        }
        return Duration.ofMillis(millis);
    }

    private static SourceRef source(RowRef row) {
        return SourceRef.newBuilder()
                .setEditionId(row.edition())
                .setLine(row.line())
                .setText(row.text())
                .build();
    }

    private static RowRef source(SourceRef message) throws WireException {
        return new RowRef(message.getEditionId(), Fields.count(message.getLine(), "line"), message.getText());
    }

    private static Optional<LocalDate> date(String text) throws WireException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            throw new WireException("retired_on", "'" + text + "' is no date like 2021-03-31");
        }
    }

    /** In the order of the enum: a set has none of its own. */
    private static <E extends Enum<E>> List<String> words(Set<E> set) {
        return set.stream().sorted().map(Words::of).toList();
    }

    private static <E extends Enum<E>> Set<E> set(Class<E> type, List<String> words, String field)
            throws WireException {
        return Set.copyOf(Fields.each(words, field, word -> word(type, word, "word")));
    }

    private static Transport transport(String word) throws WireException {
        try {
            return Transport.ofWord(word);
        } catch (IllegalArgumentException e) {
            throw Fields.problem("transport", e);
        }
    }

    private static <E extends Enum<E>> E word(Class<E> type, String word, String field) throws WireException {
        try {
            return Words.of(type, word);
        } catch (IllegalArgumentException e) {
            throw Fields.problem(field, e);
        }
    }
}
