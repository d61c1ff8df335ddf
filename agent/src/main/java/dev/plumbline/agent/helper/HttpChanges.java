package dev.plumbline.agent.helper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What differs between the request that left and the one that arrived, in words. Pure. */
final class HttpChanges {
    private static final int MOST_SHOWN = 80;
    private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");

    private HttpChanges() {}

    private record Field(String name, String value) {
        static Field of(String line) {
            int colon = line.indexOf(':');
            return colon < 0 ? new Field(line, "") : new Field(line.substring(0, colon), line.substring(colon + 1));
        }

        boolean isNamed(Field other) {
            return name.trim().equalsIgnoreCase(other.name.trim());
        }

        @Override
        public String toString() {
            return shown(name + ":" + value);
        }
    }

    /** Empty when the bytes are the same. */
    static List<String> between(byte[] sent, byte[] arrived) {
        if (Arrays.equals(sent, arrived)) {
            return List.of();
        }
        List<String> left = lines(sent);
        List<String> came = lines(arrived);
        List<String> changes = new ArrayList<>();
        if (!left.get(0).equals(came.get(0))) {
            changes.add("first line: " + shown(left.get(0)) + " arrived as " + shown(came.get(0)));
        }
        compare(fields(left), fields(came), changes);
        if (changes.isEmpty()) {
            changes.add("ends of lines or the order of fields");
        }
        return changes;
    }

    private static void compare(List<Field> sent, List<Field> arrived, List<String> changes) {
        List<Field> left = new ArrayList<>(arrived);
        for (Field field : sent) {
            int place = find(field, left);
            if (place < 0) {
                changes.add("missing: " + field);
                continue;
            }
            Field came = left.remove(place);
            if (!came.name().equals(field.name())) {
                changes.add("case: " + shown(field.name()) + " arrived as " + shown(came.name()));
            }
            if (!came.value().equals(field.value())) {
                changes.add("value: " + field + " arrived as " + came);
            }
        }
        left.forEach(field -> changes.add("added: " + field));
    }

    /** The same field as it is, else one of the same name in any case. */
    private static int find(Field field, List<Field> among) {
        int exact = among.indexOf(field);
        for (int i = 0; exact < 0 && i < among.size(); i++) {
            if (among.get(i).isNamed(field)) {
                return i;
            }
        }
        return exact;
    }

    private static List<String> lines(byte[] request) {
        return List.of(new String(request, StandardCharsets.ISO_8859_1).split("\r\n", -1));
    }

    private static List<Field> fields(List<String> lines) {
        return lines.stream()
                .skip(1)
                .filter(line -> !line.isEmpty())
                .map(Field::of)
                .toList();
    }

    /** Nothing that a terminal would obey. */
    private static String shown(String text) {
        String some = text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN - 3) + "...";
        return UNPRINTABLE.matcher(some).replaceAll("?");
    }
}
