package dev.plumbline.collector.report;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.plumbline.v1.Report;

/** A report in which every text is what a test wants, and everything else is there, too. */
final class Hostile {
    private static final int DEEPEST = 6;

    private Hostile() {}

    static Report report(String text) {
        return (Report) filled(Report.getDefaultInstance(), text, 0);
    }

    private static Message filled(Message empty, String text, int depth) {
        Message.Builder builder = empty.toBuilder();
        for (FieldDescriptor field : empty.getDescriptorForType().getFields()) {
            if (field.getJavaType() == JavaType.MESSAGE) {
                Message inner = builder.newBuilderForField(field).getDefaultInstanceForType();
                if (depth < DEEPEST) {
                    set(builder, field, filled(inner, text, depth + 1));
                }
            } else {
                set(builder, field, value(field, text));
            }
        }
        return builder.build();
    }

    private static Object value(FieldDescriptor field, String text) {
        return switch (field.getJavaType()) {
            case STRING -> field.getName().equals("question") ? "rules" : text;
            case BOOLEAN -> true;
            case INT -> 3;
            case LONG -> 3L;
            case FLOAT, DOUBLE, BYTE_STRING, ENUM, MESSAGE ->
                throw new IllegalStateException("a report has no " + field.getJavaType());
        };
    }

    private static void set(Message.Builder builder, FieldDescriptor field, Object value) {
        if (field.isRepeated()) {
            builder.addRepeatedField(field, value);
        } else {
            builder.setField(field, value);
        }
    }
}
