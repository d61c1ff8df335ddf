package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Reception;
import dev.plumbline.collector.alert.Selection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings of receivers for tests. */
final class Settings {
    static final Selection ALL = new Selection(Set.of(), List.of(), Selection.STANDARD_SEVERITIES);

    private Settings() {}

    static AlertSettings of(Duration giveUpAfter, ReceiverSettings... receivers) {
        return new AlertSettings(Optional.empty(), Optional.empty(), giveUpAfter, List.of(receivers));
    }

    static ReceiverSettings receiver(String name, Target target) {
        return new ReceiverSettings(name, new Reception(ALL, List.of(), Optional.empty()), target);
    }

    static Target.Address at(String url) {
        return new Target.Address(Optional.of(URI.create(url)), Optional.empty());
    }

    static Target.Webhook webhook(String url, Path secret) {
        return new Target.Webhook(at(url), secret, Optional.empty());
    }

    static Path secret(Path folder, String text) throws IOException {
        Path file = Files.createTempFile(folder, "secret", "");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
