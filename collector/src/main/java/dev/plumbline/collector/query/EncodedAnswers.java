package dev.plumbline.collector.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.Message;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Answers of now that were told already, each kept for its question and purview as long as its {@link Generation} lasts: most who
 * ask between two rounds ask the same. An answer of another generation is never told; its room is that of the next one, or of others
 * when the bound is reached. Any thread.
 */
final class EncodedAnswers implements MetricSource {
    /** The matrix of a large site takes some megabytes, and of those few are asked for again and again. */
    static final long MOST_BYTES = 32L << 20;

    /** What one takes beside its bytes and its question, at least: so the bound is one of their number, too. */
    private static final int EACH_BYTES = 1 << 10;

    private final Cache<Question, Kept> kept;
    private final long most;
    private final LongAdder found = new LongAdder();
    private final LongAdder made = new LongAdder();

    /**
     * What decides about an answer beside its generation.
     *
     * @param request all of it: filter, order, page, fields
     * @param purview which no answer for another one is told to
     */
    private record Question(Message request, Purview purview) {}

    private record Kept(Generation generation, Encoded answer) {}

    /** What is told where nothing is kept. */
    interface Making {
        Encoded make() throws Refusal, FieldViolation;
    }

    EncodedAnswers() {
        this(MOST_BYTES);
    }

    /** @param most bytes that are kept */
    EncodedAnswers(long most) {
        this.most = most;
        this.kept = Caffeine.newBuilder()
                .maximumWeight(most)
                .weigher((Question question, Kept kept) -> EACH_BYTES
                        + question.request().getSerializedSize()
                        + kept.answer().size())
                // Whoever is put off for room to be made waits for it, so that the bound is one.
                .executor(Runnable::run)
                .build();
    }

    /**
     * The answer to a question about now.
     *
     * @param now what the answer follows from
     */
    Encoded of(Message request, Purview purview, Supplier<Generation> now, Making making)
            throws Refusal, FieldViolation {
        Question question = new Question(request, purview);
        Generation before = now.get();
        Kept known = kept.getIfPresent(question);
        if (known != null && known.generation().equals(before)) {
            found.increment();
            return known.answer();
        }
        Encoded answer = making.make();
        made.increment();
        // What became otherwise while it was made may be in it or not: that is no answer for the next.
        if (now.get().equals(before)) {
            kept.put(question, new Kept(before, answer));
        }
        return answer;
    }

    /** As the bound counts them. */
    long bytes() {
        return kept.policy().eviction().map(e -> e.weightedSize().orElse(0)).orElse(0L);
    }

    long found() {
        return found.sum();
    }

    @Override
    public void tell(Families families) {
        String help = "Lists of now that were told over gRPC, by whether the answer was kept or made.";
        families.counter("plumbline_list_answers_total", help, found.sum(), "from", "memory");
        families.counter("plumbline_list_answers_total", help, made.sum(), "from", "store");
        families.gauge("plumbline_list_answers_kept_bytes", "Of answers to lists that are kept encoded.", bytes());
        families.gauge("plumbline_list_answers_kept_limit_bytes", "How many may be kept.", most);
    }
}
