package dev.plumbline.deploy.scenarios;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Lab, collector and agents of one run. Closing it ends what it started, in reverse order, and nothing else; closing twice
 * does nothing the second time.
 */
final class Deployment implements AutoCloseable {
    private static final Duration TO_CONNECT = Duration.ofSeconds(90);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);

    private final Lab lab;
    private final Product product;
    private final Deque<Commands.Daemon> daemons = new ArrayDeque<>();
    private final List<Commands.Daemon> tested = new ArrayList<>();
    private Optional<QuietTime> held = Optional.empty();
    private String pin = "";
    private boolean broughtUp;
    private boolean touched;
    private boolean closed;

    Deployment(Lab lab, Product product) {
        this.lab = lab;
        this.product = product;
    }

    /** Ends when the collector sees every agent. */
    void start(Consumer<String> progress) throws Trouble {
        bringUp();
        progress.accept("the lab is up and clean; issuing identities");
        product.issueIdentities();
        product.folder().writeConfigurations(lab.anchors());
        progress.accept("starting a collector and " + Campus.SEGMENTS.size() + " agents");
        keep(product.startCollector());
        for (Campus.Place place : Campus.SEGMENTS) {
            if (place.isHelper()) {
                Commands.Daemon helper = product.startAgent(place.id(), place.helperYaml());
                keep(helper);
                pin = new HelperInLab(product).pin(helper);
            }
        }
        startTested(Optional.empty());
        awaitAgents();
    }

    /** What agents hold now; empty when nothing. */
    synchronized Optional<QuietTime> held() {
        return held;
    }

    /**
     * The agents under test begin anew, so that every connection they hold is younger than this. Ends when the collector
     * sees them all.
     *
     * @param quiet what they hold; empty for nothing
     */
    void hold(Optional<QuietTime> quiet) throws Trouble {
        stopTested();
        startTested(quiet);
        awaitAgents();
    }

    private synchronized void stopTested() throws Trouble {
        refuseWhenClosed();
        for (Commands.Daemon agent : tested) {
            daemons.remove(agent);
            agent.stop();
        }
        tested.clear();
    }

    private synchronized void startTested(Optional<QuietTime> quiet) throws Trouble {
        for (Campus.Place place : Campus.SEGMENTS) {
            if (!place.isHelper()) {
                refuseWhenClosed();
                Commands.Daemon agent = product.startAgent(place.id(), place.agentYaml(pin, quiet));
                keep(agent);
                tested.add(agent);
            }
        }
        held = quiet;
    }

    synchronized void clearFaults() throws Trouble {
        refuseWhenClosed();
        lab.reset();
    }

    /**
     * Turns faults on.
     *
     * @throws Trouble also when the run was ended: a fault that is turned on after the clean-up would stay on
     */
    synchronized void setFaults(List<Setting> faults) throws Trouble {
        refuseWhenClosed();
        for (Setting fault : faults) {
            lab.set(fault);
        }
    }

    Product product() {
        return product;
    }

    /** A sentence about the first program that ended though nobody asked it to. */
    synchronized Optional<String> casualty() {
        if (closed) {
            return Optional.of("the run was ended");
        }
        return daemons.stream()
                .filter(d -> !d.alive())
                .findFirst()
                .map(d -> "the " + d.name() + " has ended; its last words: " + d.lastWords());
    }

    @Override
    public synchronized void close() throws Trouble {
        if (closed) {
            return;
        }
        closed = true;
        while (!daemons.isEmpty()) {
            daemons.removeLast().stop();
        }
        if (broughtUp) {
            lab.down();
        } else if (touched) {
            lab.reset();
        }
    }

    private synchronized void bringUp() throws Trouble {
        refuseWhenClosed();
        broughtUp = lab.up();
        touched = true;
        lab.reset();
    }

    private synchronized void keep(Commands.Daemon daemon) throws Trouble {
        daemons.addLast(daemon);
        if (closed) {
            daemons.removeLast().stop();
        }
        refuseWhenClosed();
    }

    private void refuseWhenClosed() throws Trouble {
        if (closed) {
            throw new Trouble("the run was ended");
        }
    }

    private void awaitAgents() throws Trouble {
        Set<String> wanted =
                Campus.SEGMENTS.stream().map(p -> p.id() + "/" + p.agent()).collect(Collectors.toSet());
        long deadline = System.nanoTime() + TO_CONNECT.toNanos();
        String latest = "nothing yet";
        while (System.nanoTime() < deadline) {
            Optional<String> casualty = casualty();
            if (casualty.isPresent()) {
                throw new Trouble(casualty.get());
            }
            try {
                Set<String> connected = product.connectedAgents();
                if (connected.containsAll(wanted)) {
                    return;
                }
                Set<String> missing = new LinkedHashSet<>(wanted);
                missing.removeAll(connected);
                latest = "not connected: " + String.join(", ", missing);
            } catch (Trouble e) {
                latest = e.sentence(); // the collector may not listen yet
            }
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
        }
        throw new Trouble("after " + TO_CONNECT.toSeconds() + " s the agents are not all connected; " + latest);
    }
}
