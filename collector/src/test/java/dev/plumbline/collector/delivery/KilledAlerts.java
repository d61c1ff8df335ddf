package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Causes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A process that tells of more and more causes until it is killed. */
final class KilledAlerts {
    private KilledAlerts() {}

    /** @param arguments the folder, the file with the secret, where to, how many causes are open at first and at last */
    public static void main(String[] arguments) throws Exception {
        LiveIncidents incidents = new LiveIncidents();
        int known = Integer.parseInt(arguments[3]);
        for (int i = 0; i < known; i++) {
            incidents.put(Causes.open("i" + i));
        }
        Alerts alerts = Alerts.start(
                Settings.of(
                        Duration.ofHours(24),
                        Settings.receiver("noc", Settings.webhook(arguments[2], Path.of(arguments[1])))),
                "campus",
                incidents,
                Causes.background(),
                Path.of(arguments[0]).resolve("outbox.db"),
                new Clocks(Clock.systemUTC(), Clock.systemUTC()),
                () -> 0.01);
        for (int i = known; i < Integer.parseInt(arguments[4]); i++) {
            incidents.put(Causes.open("i" + i));
            alerts.closed(i, Optional.empty());
        }
        new CountDownLatch(1).await();
    }
}
