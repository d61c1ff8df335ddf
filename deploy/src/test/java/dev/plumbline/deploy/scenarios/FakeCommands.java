package dev.plumbline.deploy.scenarios;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Programs that only answer what they were told to, and remember the order in which they were called. */
final class FakeCommands implements Commands {
    /** What was called, shortened to the words after program and options that are always the same. */
    final List<String> calls = new ArrayList<>();

    final List<String> stopped = new ArrayList<>();
    private final Map<String, Ran> answers = new LinkedHashMap<>();
    private String dead = "";

    /** Commands that contain these words answer so; the rest succeeds and says nothing. */
    FakeCommands answer(String words, int exit, String output) {
        answers.put(words, new Ran(List.of(), exit, output, ""));
        return this;
    }

    FakeCommands kill(String daemon) {
        dead = daemon;
        return this;
    }

    @Override
    public Ran run(List<String> command, Duration limit) {
        String words = String.join(" ", command);
        calls.add(words.replaceAll("^.*/(lab|plumbline|plumbline-collector) ", "$1 ")
                .replaceAll(" --trust \\S+", ""));
        return answers.entrySet().stream()
                .filter(e -> words.contains(e.getKey()))
                .findFirst()
                .map(e -> new Ran(command, e.getValue().exit(), e.getValue().output(), ""))
                .orElse(new Ran(command, 0, "", ""));
    }

    @Override
    public Daemon start(String name, List<String> command, Path log) {
        calls.add("start " + name + " in " + command.get(3));
        return new Daemon() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean alive() {
                return !name.equals(dead);
            }

            @Override
            public void stop() {
                stopped.add(name);
            }

            @Override
            public String lastWords() {
                return "no such key";
            }
        };
    }
}
