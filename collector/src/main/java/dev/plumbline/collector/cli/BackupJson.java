package dev.plumbline.collector.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.collector.backup.Manifest;
import java.nio.file.Path;
import java.util.Optional;

/** A backup that was made or put back, for programs. Pure. */
public final class BackupJson {
    private BackupJson() {}

    /** @param folder of the backup */
    public static String made(Path folder, Manifest manifest) {
        return of(folder, manifest).toPrettyString();
    }

    /**
     * @param folder of the data
     * @param aside where lies what was there; left out where nothing was
     */
    public static String restored(Path folder, Manifest manifest, Optional<Path> aside) {
        ObjectNode json = of(folder, manifest);
        aside.ifPresent(a -> json.put("setAside", a.toString()));
        return json.toPrettyString();
    }

    private static ObjectNode of(Path folder, Manifest manifest) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("folder", folder.toString())
                .put("program", manifest.program())
                .put("madeAt", manifest.madeAt().toString())
                .put("position", manifest.position())
                .put("closing", manifest.closing())
                .put("storeClosing", manifest.storeClosing());
        ArrayNode files = json.putArray("databases");
        manifest.files()
                .forEach(f -> files.addObject()
                        .put("name", f.name())
                        .put("bytes", f.bytes())
                        .put("sha256", f.sha256().hex())
                        .put("schema", f.schema()));
        manifest.damaged().forEach(json.putArray("damaged")::add);
        return json;
    }
}
