package dev.plumbline.wire;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The texts of messages, at any depth. Pure. */
public final class TextFields {
    private TextFields() {}

    /** The same message, with each text made another. */
    @SuppressWarnings("unchecked") // a builder builds what it was made of
    public static <M extends Message> M mapped(M message, UnaryOperator<String> change) {
        Message.Builder changed = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (field.isRepeated()) {
                List<Object> values = new ArrayList<>();
                for (Object value : (List<?>) entry.getValue()) {
                    values.add(mapped(value, change));
                }
                changed.setField(field, values);
            } else {
                changed.setField(field, mapped(entry.getValue(), change));
            }
        }
        return (M) changed.build();
    }

    private static Object mapped(Object value, UnaryOperator<String> change) {
        if (value instanceof Message part) {
            return mapped(part, change);
        }
        return value instanceof String text ? change.apply(text) : value;
    }
}
