package dev.plumbline.words;

import java.util.regex.Pattern;

/** Stable name of a target, such as {@code apns-courier-5223} or {@code gdmf.apple.com:443}. */
public record TargetId(String value) implements Comparable<TargetId> {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9._:+-]{0,120}");

    public TargetId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "target id '" + value + "' must be lower-case letters, digits and . _ : + -, at most 121");
        }
    }

    @Override
    public int compareTo(TargetId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
