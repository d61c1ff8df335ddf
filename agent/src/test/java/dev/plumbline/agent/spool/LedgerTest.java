package dev.plumbline.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.Losses;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LedgerTest {
    private static final UUID OWN = new UUID(1, 2);
    private static final long DAY = 24 * 60 * 60 * 1000;

    @ParameterizedTest
    @CsvSource(textBlock = """
            # the clock says, then, milliseconds that count
            1000,             1500,   500
            1000,              900,     0
            1000, 9000000000000000, 86400000
            """)
    void timeNeverRunsBackwardsAndNeverLeapsByMoreThanADay(long first, long then, long counted) {
        assertThat(new SpoolTime(0, first).at(then).millis()).isEqualTo(counted);
        assertThat(new SpoolTime(0, first).at(then).at(then + DAY / 2).millis()).isEqualTo(counted + DAY / 2);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # file: spooled, sequence; copy: spooled, acked, sequence; lost, damaged files, next sequence at least
            10, 10,  10,  0, 10,   0, 0, 10
            10, 10,   9,  0,  9,   0, 0, 10
            10, 10,  15,  0, 15,   5, 1, 15
            10, 10,  15, 12, 15,   3, 1, 15
            10, 10,  15, 15, 15,   0, 1, 15
            10, 10,  10,  0, 11,   0, 0, 11
            """)
    void whatTheCopyKnowsAndTheFileDoesNotIsLost(
            long spooled,
            long sequence,
            long copied,
            long acked,
            long copiedSequence,
            long lost,
            long files,
            long next) {
        Ledger file = Ledger.begin(OWN, Losses.NONE, 0).wrote(sequence, (int) spooled);
        Ledger copy = Ledger.begin(OWN, Losses.NONE, 0)
                .wrote(copiedSequence, (int) copied)
                .left(Ledger.Exit.ACKED, acked);
        Ledger found = file.reconciled(Optional.of(copy));
        assertThat(found.lost()).isEqualTo(lost);
        assertThat(found.damagedFiles()).isEqualTo(files);
        assertThat(found.lastSequence()).isGreaterThanOrEqualTo(next);
        assertThat(found.pending()).isEqualTo(spooled);
    }

    @Test
    void withoutACopySequencesLeapSinceTheLogMayBeGone() {
        Ledger file = Ledger.begin(OWN, Losses.NONE, 0).wrote(10, 1);
        Ledger foreign = Ledger.begin(new UUID(3, 4), Losses.NONE, 0).wrote(900, 900);
        assertThat(file.reconciled(Optional.empty()).lastSequence()).isEqualTo(10 + Ledger.LEAP);
        assertThat(file.reconciled(Optional.of(foreign)).lastSequence()).isEqualTo(10 + Ledger.LEAP);
    }

    @Test
    void lossesOutliveTheFile() {
        Ledger first = Ledger.begin(OWN, Losses.NONE, 0)
                .wrote(1, 10)
                .left(Ledger.Exit.DROPPED, 1)
                .left(Ledger.Exit.REFUSED, 2)
                .left(Ledger.Exit.DAMAGED, 3)
                .unwritten(4);
        assertThat(first.losses()).isEqualTo(new Losses(1, 2, 4, 3, 0));
        Ledger second = Ledger.begin(new UUID(3, 4), first.withoutFile(), 0);
        assertThat(second.losses().observations()).isEqualTo(first.losses().observations() + first.pending());
        assertThat(second.losses().damagedFiles()).isEqualTo(1);
        assertThat(Ledger.ofBytes(second.toBytes())).contains(second);
    }

    @Test
    void aFlippedBitIsNoLedger() {
        byte[] bytes = Ledger.begin(OWN, Losses.NONE, 5).wrote(7, 3).toBytes();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Ledger.ofBytes(flipped)).isEmpty();
        }
    }
}
