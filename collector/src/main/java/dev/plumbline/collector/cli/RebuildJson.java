package dev.plumbline.collector.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.collector.projection.Rebuild;
import dev.plumbline.collector.projection.Stretch;
import dev.plumbline.collector.store.StoreTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a store was made anew, for programs: one object. */
public final class RebuildJson {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    /** @see RebuildText#notes */
    public void made(Rebuild.Result result, List<String> damaged, long millis) {
        json.put("rounds", result.rounds())
                .put("records", result.records())
                .put("elapsedMillis", millis)
                .put("whole", result.isWhole());
        damaged.forEach(json.putArray("damaged")::add);
        ArrayNode otherwise = json.putArray("judgedOtherwise");
        for (Stretch stretch : result.otherwise()) {
            otherwise
                    .addObject()
                    .put("firstClosing", stretch.beginning().applied() + 1)
                    .put("lastClosing", stretch.last())
                    .put("program", stretch.beginning().basis().program())
                    .put("begunAt", stretch.beginning().begunAt().toString());
        }
    }

    /** @param before where the store lies that was in force; left out where there was none */
    public void placed(Path store, long closing, Optional<Path> before) {
        json.put("store", store.toString()).put("closing", closing);
        before.ifPresent(b -> json.put("before", b.toString()));
    }

    /** @see RebuildText#comparison */
    public void compared(List<StoreTable> inForce, List<StoreTable> rebuilt, Map<String, String> differences) {
        json.put("same", inForce.equals(rebuilt));
        ArrayNode tables = json.putArray("tables");
        for (int i = 0; i < inForce.size(); i++) {
            StoreTable one = inForce.get(i);
            ObjectNode table = tables.addObject()
                    .put("name", one.name())
                    .put("same", one.equals(rebuilt.get(i)))
                    .put("rows", one.rows())
                    .put("sha256", one.digest().hex())
                    .put("rebuiltRows", rebuilt.get(i).rows())
                    .put("rebuiltSha256", rebuilt.get(i).digest().hex());
            Optional.ofNullable(differences.get(one.name())).ifPresent(said -> table.put("firstDifference", said));
        }
    }

    public String text() {
        return json.toPrettyString();
    }
}
