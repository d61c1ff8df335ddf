package dev.plumbline.collector.query;

import dev.plumbline.catalog.Target;
import dev.plumbline.collector.finding.PoolSight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How much of a target's pool a segment has seen and proved lately. Pure.
 *
 * @param names every name of the pool, in order
 * @param namesProved those that had an address which answered as expected
 * @param addresses that names of the pool had
 * @param addressesConnected those that a connection to stood
 * @param addressesProved those that answered as expected
 */
record PoolCoverage(
        Target target,
        List<String> names,
        List<String> namesProved,
        List<String> addresses,
        List<String> addressesConnected,
        List<String> addressesProved) {
    static final Duration WINDOW = Duration.ofHours(24);

    static PoolCoverage of(Target target, List<PoolSight> sights, Instant now) {
        Instant since = now.minus(WINDOW);
        List<String> names = target.hosts();
        return new PoolCoverage(
                target,
                names,
                names.stream()
                        .filter(members(sights, false, PoolSight::proved, since)::contains)
                        .toList(),
                members(sights, true, sight -> Optional.of(sight.seen()), since),
                members(sights, true, PoolSight::connected, since),
                members(sights, true, PoolSight::proved, since));
    }

    private static List<String> members(
            List<PoolSight> sights, boolean address, Function<PoolSight, Optional<Instant>> last, Instant since) {
        return sights.stream()
                .filter(sight -> sight.address() == address)
                .filter(sight ->
                        last.apply(sight).filter(at -> at.isAfter(since)).isPresent())
                .map(PoolSight::member)
                .sorted()
                .toList();
    }

    dev.plumbline.v1.PoolCoverage message() {
        return dev.plumbline.v1.PoolCoverage.newBuilder()
                .setTargetId(target.id().value())
                .setWindowSeconds(WINDOW.toSeconds())
                .setNames(names.size())
                .addAllNamesProved(namesProved)
                .addAllAddresses(addresses)
                .addAllAddressesConnected(addressesConnected)
                .addAllAddressesProved(addressesProved)
                .build();
    }
}
