package dev.plumbline.deploy.scenarios;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The verbs of a lab's program. What a scenario does is the lab's own affair. */
record Lab(Path folder, Commands commands) {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int DOWN = 3;

    /**
     * Brings the lab up.
     *
     * @return true when it was down before
     */
    boolean up() throws Trouble {
        int status = verb("status").exit();
        if (status == 0) {
            return false;
        }
        if (status != DOWN) {
            throw new Trouble(
                    folder.resolve("lab") + " status says that a daemon of the lab is dead; take the lab down");
        }
        verb("up").expecting(0);
        return true;
    }

    void down() throws Trouble {
        verb("down").expecting(0);
    }

    void reset() throws Trouble {
        verb("reset").expecting(0);
    }

    void set(Setting setting) throws Trouble {
        List<String> words = new ArrayList<>(List.of("scenario", setting.place(), setting.scenario(), "on"));
        if (!setting.argument().isEmpty()) {
            words.add(setting.argument());
        }
        verb(words.toArray(String[]::new)).expecting(0);
    }

    /** Identity class and the file of its trust anchor. */
    Map<String, Path> anchors() throws Trouble {
        Map<String, Path> anchors = new LinkedHashMap<>();
        for (String line : verb("anchors").expecting(0).output().lines().toList()) {
            String[] columns = line.split("\t", -1);
            if (columns.length != 2) {
                throw new Trouble("lab anchors said '" + line + "' instead of identity class, tab, file");
            }
            anchors.put(columns[0], Path.of(columns[1]));
        }
        return anchors;
    }

    private Commands.Ran verb(String... words) throws Trouble {
        List<String> command = new ArrayList<>(List.of(folder.resolve("lab").toString()));
        command.addAll(List.of(words));
        return commands.run(command, LIMIT);
    }
}
