package dev.plumbline.words;

/** Stable name of a target, such as {@code apns-courier-5223} or {@code gdmf.apple.com:443}. */
public record TargetId(String value) implements Comparable<TargetId> {
    public TargetId {
        if (!value.matches("[a-z0-9][a-z0-9._:+-]{0,120}")) {
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
