package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.plumbline.agent.hostile.CapturedLog;
import dev.plumbline.agent.hostile.HostileNames;
import dev.plumbline.agent.hostile.HostileResolver;
import dev.plumbline.agent.hostile.Leaks;
import dev.plumbline.words.Lookup;
import io.netty.handler.codec.dns.DnsRecordType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every question ends with every hostile resolver: with a failure kind or few answers, few bytes and nothing in the log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileNamesTest {
    private static final long MOST_WRITTEN = 16L << 20;

    /** A wrong answer does not end the wait for the right one. */
    private static final Duration SHORT = Duration.ofSeconds(4);

    private Network network;

    @BeforeAll
    void open() {
        network = Network.ofHost();
    }

    @AfterAll
    void close() {
        network.close();
    }

    @TestFactory
    Stream<DynamicNode> everyQuestionStandsEveryResolver() {
        return Stream.of(DnsRecordType.A, DnsRecordType.AAAA).map(type -> dynamicContainer(type.name(), besiege(type)));
    }

    private Stream<DynamicTest> besiege(DnsRecordType type) {
        CapturedLog log = CapturedLog.open();
        List<DynamicTest> tests = new ArrayList<>();
        for (HostileNames manner : HostileNames.all()) {
            tests.add(stands(type, manner));
        }
        tests.add(dynamicTest("nothing is logged and nothing leaks", () -> {
            Leaks.report();
            log.close();
            assertThat(log.said()).isEmpty();
        }));
        return tests.stream();
    }

    private DynamicTest stands(DnsRecordType type, HostileNames manner) {
        try {
            HostileResolver resolver = HostileResolver.open(manner);
            CompletableFuture<Lookup> asked = network.dns()
                    .ask(network.loops().next(), "courier.push.apple.com", type, resolver.socketAddress(), SHORT);
            return dynamicTest(manner.name(), () -> {
                try (resolver) {
                    Lookup lookup = asked.get(60, TimeUnit.SECONDS);
                    assertThat(lookup.failure().kind()).isIn(manner.ends());
                    assertThat(lookup.answers()).hasSizeLessThanOrEqualTo(DnsReply.MAX_ANSWERS);
                    assertThat(lookup.cnameChain()).hasSizeLessThan(40);
                    assertThat(resolver.written()).isLessThan(MOST_WRITTEN);
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException("no port for the test", e);
        }
    }
}
