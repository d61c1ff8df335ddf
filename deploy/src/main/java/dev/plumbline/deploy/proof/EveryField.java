package dev.plumbline.deploy.proof;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.plumbline.v1.EchoAnswer;
import dev.plumbline.v1.FailureKind;
import dev.plumbline.v1.HoldEnd;
import dev.plumbline.wire.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Messages with something in every field, and the same with one text replaced: so no text that is added later is forgotten. */
final class EveryField {
    private static final int HASH_BYTES = 32;

    private final Instant at;
    private final long round;

    EveryField(Instant at, long round) {
        this.at = at;
        this.round = round;
    }

    /** Fills what is not set. */
    <B extends Message.Builder> B fill(B builder) {
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            boolean isSet = field.isRepeated() ? builder.getRepeatedFieldCount(field) > 0 : isGiven(builder, field);
            if (!isSet) {
                Object value = value(builder, field);
                if (field.isRepeated()) {
                    builder.addRepeatedField(field, value);
                } else {
                    builder.setField(field, value);
                }
            }
        }
        return builder;
    }

    private static boolean isGiven(Message.Builder builder, FieldDescriptor field) {
        return field.hasPresence()
                ? builder.hasField(field)
                : !builder.getField(field).equals(field.getDefaultValue());
    }

    private Object value(Message.Builder in, FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> text(field);
            case BYTE_STRING -> ByteString.copyFrom(new byte[field.getName().endsWith("sha256") ? HASH_BYTES : 4]);
            case ENUM -> kind(in.getDescriptorForType(), field);
            case INT -> 1;
            case LONG -> field.getName().equals("round") ? round : 1L;
            // An agent that is not fit is not listened to.
            case BOOLEAN -> field.getName().equals("fit");
            case FLOAT -> 1f;
            case DOUBLE -> 1d;
            case MESSAGE ->
                field.getMessageType().equals(Timestamp.getDescriptor())
                        ? Fields.timestamp(at)
                        : fill(in.newBuilderForField(field)).build();
        };
    }

    private static String text(FieldDescriptor field) {
        return switch (field.getName()) {
            case "target_id", "probed_target_ids", "target_ids" -> "courier:5223";
            case "address" -> "17.57.146.20";
            case "source_addresses" -> "127.0.0.1";
            case "unfit_reason" -> "";
            default -> "text";
        };
    }

    /** Connections that were reset, whose details are shown to people; what goes with other fields that are set. */
    private static EnumValueDescriptor kind(Descriptor in, FieldDescriptor field) {
        int number = switch (in.getName() + "." + field.getName()) {
            case "Failure.kind" -> FailureKind.FAILURE_KIND_CONNECT_RESET_VALUE;
            case "Echo.answer" -> EchoAnswer.ECHO_ANSWER_ALTERED_VALUE;
            case "Hold.end" -> HoldEnd.HOLD_END_RESET_VALUE;
            default -> 1;
        };
        EnumValueDescriptor kind = field.getEnumType().findValueByNumber(number);
        if (kind == null) {
            throw new IllegalStateException(field.getFullName() + " has no number " + number);
        }
        return kind;
    }

    /** How many texts are in a message. */
    static int texts(Message message) {
        Cursor all = new Cursor(-1);
        replaced(message, all, "");
        return all.seen;
    }

    /** The same message with the text of this number, counted from 0, replaced. */
    static Message replaced(Message message, int number, String text) {
        return replaced(message, new Cursor(number), text);
    }

    private static Message replaced(Message message, Cursor cursor, String text) {
        Message.Builder changed = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (field.isRepeated()) {
                List<Object> values = new ArrayList<>();
                for (Object value : (List<?>) entry.getValue()) {
                    values.add(replaced(field, value, cursor, text));
                }
                changed.setField(field, values);
            } else {
                changed.setField(field, replaced(field, entry.getValue(), cursor, text));
            }
        }
        return changed.build();
    }

    private static Object replaced(FieldDescriptor field, Object value, Cursor cursor, String text) {
        if (value instanceof Message part) {
            return replaced(part, cursor, text);
        }
        boolean isText = field.getJavaType() == FieldDescriptor.JavaType.STRING;
        return isText && cursor.isHere() ? text : value;
    }

    private static final class Cursor {
        private final int wanted;
        private int seen;

        Cursor(int wanted) {
            this.wanted = wanted;
        }

        boolean isHere() {
            return seen++ == wanted;
        }
    }
}
