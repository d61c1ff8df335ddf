package dev.plumbline.collector.web;

import dev.plumbline.collector.access.AccessRole;
import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.WatchRequest;
import dev.plumbline.v1.WatchResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells pages that what they show became otherwise. For all who see the same one watches (room {@code query}), however many pages are
 * open. Any thread.
 */
final class Changes {
    /** Of a page: which part of it. */
    enum Part {
        MATRIX("matrix"),
        FINDINGS("findings");

        private final String word;

        Part(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Is told; must be quick. */
    interface Follower {
        /** @param id of this change */
        void told(String id, Set<Part> parts);

        /** Nothing will be told any more. */
        void ended();
    }

    /** So long is watched when nobody follows: from a page to its events, or to the next page. */
    private static final long LINGERING_NANOS = 60_000_000_000L;

    private final Rpcs rpcs;
    private final LongSupplier nanos;
    // Guarded by this.
    private final Map<Purview, Topic> topics = new HashMap<>();

    Changes(Rpcs rpcs, LongSupplier nanos) {
        this.rpcs = rpcs;
        this.nanos = nanos;
    }

    /** What all who see the same are told. */
    private final class Topic {
        private final String name = UUID.randomUUID().toString().substring(0, 8);
        private final Set<Follower> followers = new CopyOnWriteArraySet<>();
        private volatile @Nullable LocalCall<WatchRequest, WatchResponse> watch;
        // Guarded by this topic.
        private long changes;
        private volatile long asked = nanos.getAsLong();

        synchronized String id() {
            return name + "-" + changes;
        }

        void take(WatchResponse news) {
            if (news.getWhole() && !isNews(news)) {
                return;
            }
            Set<Part> parts = EnumSet.noneOf(Part.class);
            if (news.getCellsCount() > 0 || news.getWhole()) {
                parts.add(Part.MATRIX);
            }
            if (news.getFindingsCount() > 0 || news.getClosedFindingIdsCount() > 0 || news.getWhole()) {
                parts.add(Part.FINDINGS);
            }
            if (parts.isEmpty()) {
                return;
            }
            String id;
            synchronized (this) {
                changes++;
                id = id();
            }
            followers.forEach(f -> f.told(id, parts));
        }

        private boolean isWhole;

        /** The first whole is what pages show already; a later one stands for cells that are gone. */
        private synchronized boolean isNews(WatchResponse whole) {
            boolean isLater = isWhole;
            isWhole = whole.getWhole();
            return isLater;
        }
    }

    /** Id of the latest change that somebody may know of. */
    String latest(Asker asker) {
        return topic(asker).id();
    }

    private Topic topic(Asker asker) {
        Topic topic;
        synchronized (this) {
            Topic known = topics.get(asker.purview());
            if (known != null) {
                known.asked = nanos.getAsLong();
                return known;
            }
            topic = new Topic();
            topics.put(asker.purview(), topic);
        }
        // Nobody in particular: whoever follows is looked at by himself.
        Asker pages = new Asker("pages of " + asker.purview(), AccessRole.VIEWER, asker.purview(), "");
        topic.watch = rpcs.begin(
                pages,
                QueryServiceGrpc.getWatchMethod(),
                WatchRequest.getDefaultInstance(),
                topic::take,
                status -> end(asker.purview(), topic));
        return topic;
    }

    /** It was refused, or what is watched cannot be told. */
    private void end(Purview purview, Topic topic) {
        synchronized (this) {
            topics.remove(purview, topic);
        }
        topic.followers.forEach(Follower::ended);
    }

    /**
     * Follows from now on.
     *
     * @param last id of the latest change that is known; where it is another one, all that there is may have become otherwise
     */
    void follow(Asker asker, String last, Follower follower) {
        Topic topic = topic(asker);
        topic.followers.add(follower);
        if (isOver(asker.purview(), topic)) {
            follower.ended();
            return;
        }
        String id = topic.id();
        if (!id.equals(last)) {
            follower.told(id, EnumSet.allOf(Part.class));
        }
    }

    private synchronized boolean isOver(Purview purview, Topic topic) {
        return !topic.equals(topics.get(purview));
    }

    void leave(Asker asker, Follower follower) {
        Topic topic;
        synchronized (this) {
            topic = topics.get(asker.purview());
        }
        if (topic != null) {
            topic.followers.remove(follower);
        }
    }

    /** Ends watching for nobody: to be called now and then. */
    void forget() {
        List<Topic> over = new ArrayList<>();
        synchronized (this) {
            topics.values().removeIf(t -> {
                boolean isOver = t.followers.isEmpty() && nanos.getAsLong() - t.asked > LINGERING_NANOS;
                if (isOver) {
                    over.add(t);
                }
                return isOver;
            });
        }
        for (Topic topic : over) {
            LocalCall<WatchRequest, WatchResponse> watch = topic.watch;
            if (watch != null) {
                watch.cancel();
            }
        }
    }
}
