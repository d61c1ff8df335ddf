package dev.plumbline.deploy.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.agent.spool.SpoolBounds;
import dev.plumbline.agent.spool.SpoolCounts;
import java.time.Duration;

/**
 * The end of an agent's outage: what waited is delivered, and what was lost is told.
 *
 * @param counts of the agent's own books
 * @param told how many lost observations the operator reads of
 */
record SpoolDelivery(SpoolCounts counts, long told) {
    /** Waits until an agent that runs has delivered all that lay in its spool, asks as the operator, and ends it. */
    static SpoolDelivery await(RealAgent agent, Site site, Duration atMost) throws Trouble, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        JournalCheck journal = new JournalCheck(site.journal());
        long before = -1;
        long now = 0;
        // It measures on, so that there is always something new: a journal that grows slowly has what waited.
        while ((now == 0 || now > before + 4) && System.nanoTime() < deadline) {
            before = now;
            Thread.sleep(500);
            journal.readOn();
            now = journal.records(agent.identity());
        }
        while (true) {
            long told = told(site, agent);
            // What was lost travels with the batches that were written after it.
            while (told == 0 && System.nanoTime() < deadline) {
                Thread.sleep(500);
                told = told(site, agent);
            }
            agent.running().stop();
            SpoolCounts counts = agent.look().counts();
            if (counts.pending() == 0 || System.nanoTime() > deadline) {
                return new SpoolDelivery(counts, told);
            }
            agent.start();
            agent.awaitConnected();
            Thread.sleep(1_000);
        }
    }

    /** Observations that the agent made and the collector will never get. */
    long lost() {
        return counts.dropped() + counts.refused() + counts.unwritten() + counts.damaged() + counts.lost();
    }

    /** Notes what is wrong with the books: something waits still, is damaged, is not told or not in the journal. */
    void require(Site site, RealAgent agent, Account account) throws Trouble {
        account.require(counts.pending() == 0, counts.pending() + " observations still wait");
        account.require(counts.damaged() + counts.damagedFiles() == 0, "something was found damaged: " + counts);
        account.require(
                told == lost(), "the agent counted " + lost() + " lost observations, plumbline segments shows " + told);
        long there = new SpooledRecords(site.journal())
                .observations(agent.identity(), agent.look().incarnation());
        account.require(
                there == counts.acked(),
                counts.acked() + " observations were acknowledged, and the journal has " + there);
    }

    private static long told(Site site, RealAgent agent) throws Trouble, InterruptedException {
        Programs.Ran asked = site.plumbline("segments", "--json").expecting(0, "plumbline segments");
        String name = agent.identity().substring(agent.identity().lastIndexOf('/') + 1);
        try {
            long told = 0;
            for (JsonNode found : new ObjectMapper().readTree(asked.out()).findParents("lostObservations")) {
                if (found.path("name").asText().equals(name)) {
                    told = Math.max(told, found.path("lostObservations").asLong());
                }
            }
            return told;
        } catch (JsonProcessingException e) {
            throw new Trouble("plumbline segments --json printed no JSON", e);
        }
    }

    /** What the product's configuration calls so many megabytes. */
    static SpoolBounds megabytes(int megabytes) {
        return new SpoolBounds((long) megabytes << 20, SpoolBounds.STANDARD.maxAge());
    }
}
