package dev.plumbline.collector.listing;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which fields are told (AIP-157). Paths go into repeated messages as into single ones.
 *
 * @param parts of each field that is told, which of its own; empty = whole
 */
public record ReadMask(Map<String, ReadMask> parts) {
    public static final String FIELD = "read_mask";
    public static final ReadMask WHOLE = new ReadMask(Map.of());

    public ReadMask {
        parts = Map.copyOf(parts);
    }

    /** @param paths empty, or {@code *} alone = everything */
    public static ReadMask of(List<String> paths, Descriptor type) throws FieldViolation {
        if (paths.isEmpty() || paths.equals(List.of("*"))) {
            return WHOLE;
        }
        Map<String, ReadMask> parts = new TreeMap<>();
        Map<String, List<String>> inner = new TreeMap<>();
        for (String path : paths) {
            String name = path.split("\\.", 2)[0];
            FieldDescriptor field = type.findFieldByName(name);
            if (field == null || (path.contains(".") && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE)) {
                throw new FieldViolation(
                        FIELD,
                        "'" + path + "' is no field of a " + type.getName() + "; it has "
                                + type.getFields().stream()
                                        .map(FieldDescriptor::getName)
                                        .collect(Collectors.joining(", ")));
            }
            if (path.contains(".")) {
                inner.computeIfAbsent(name, n -> new ArrayList<>()).add(path.substring(name.length() + 1));
            } else {
                parts.put(name, WHOLE);
            }
        }
        for (Map.Entry<String, List<String>> part : inner.entrySet()) {
            // Whoever asks for the whole and for a part asks for the whole.
            ReadMask read =
                    of(part.getValue(), type.findFieldByName(part.getKey()).getMessageType());
            parts.putIfAbsent(part.getKey(), read);
        }
        return new ReadMask(parts);
    }

    /** The message with these fields alone. */
    @SuppressWarnings("unchecked") // of the same type as before
    public <M extends Message> M of(M message) {
        if (parts.isEmpty()) {
            return message;
        }
        Message.Builder told = message.newBuilderForType();
        // Of thousands of rows, most fields are seldom asked for: the others are not looked at.
        parts.forEach((name, part) -> {
            FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
            if (field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field)) {
                told.setField(field, part.of(field, message.getField(field)));
            }
        });
        return (M) told.build();
    }

    private Object of(FieldDescriptor field, Object value) {
        if (parts.isEmpty()) {
            return value;
        }
        return field.isRepeated()
                ? ((List<?>) value).stream().map(each -> of((Message) each)).toList()
                : of((Message) value);
    }
}
