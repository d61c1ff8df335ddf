package dev.plumbline.collector.http;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.plumbline.collector.listing.FieldViolation;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is asked over HTTP, as the message that its rpc takes. Parameters are called as fields are in JSON or in the contract
 * ({@code pageSize}, {@code page_size}), those of an inner message with a dot ({@code a.segment}). Pure.
 */
final class Question {
    private final Message.Builder into;
    private final Set<String> given = new HashSet<>();

    private Question(Message request) {
        this.into = request.newBuilderForType();
    }

    /**
     * @param variables of the path
     * @param parameters in their order
     * @param body empty, or an object
     */
    static Message of(
            Binding binding, Map<String, String> variables, List<Map.Entry<String, String>> parameters, String body)
            throws FieldViolation {
        Question question = new Question(binding.request());
        if (binding.hasBody()) {
            question.read(body);
        }
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            question.put(variable.getKey(), variable.getValue());
        }
        for (Map.Entry<String, String> parameter : parameters) {
            if (binding.hasBody()) {
                throw new FieldViolation("query", "this path takes no parameters; write fields into the body");
            }
            question.put(parameter.getKey(), parameter.getValue());
        }
        return question.into.build();
    }

    private void read(String body) throws FieldViolation {
        if (!body.isBlank()) {
            try {
                JsonFormat.parser().merge(body, into);
            } catch (InvalidProtocolBufferException e) {
                // What the parser says names classes of this program.
                throw new FieldViolation(
                        "body",
                        "is no JSON object with the fields of this path; " + named()
                                + "; send {} or what /openapi.json has");
            }
        }
    }

    private void put(String parameter, String text) throws FieldViolation {
        Message.Builder holder = into;
        String[] names = parameter.split("\\.", -1);
        List<String> path = new ArrayList<>();
        FieldDescriptor field = field(holder.getDescriptorForType(), names[0], parameter);
        path.add(field.getName());
        for (int i = 1; i < names.length; i++) {
            if (isOneValue(field)) {
                throw unknown(parameter);
            }
            holder = holder.getFieldBuilder(field);
            field = field(holder.getDescriptorForType(), names[i], parameter);
            path.add(field.getName());
        }
        String name = String.join(".", path);
        if (!isOneValue(field)) {
            throw unknown(parameter);
        }
        if (field.isRepeated()) {
            holder.addRepeatedField(field, value(field, name, text));
            return;
        }
        if (!given.add(name)) {
            throw new FieldViolation(name, "is given twice; write it once");
        }
        holder.setField(field, value(field, name, text));
    }

    private FieldDescriptor field(Descriptor of, String name, String parameter) throws FieldViolation {
        return of.getFields().stream()
                .filter(f -> f.getName().equals(name) || f.getJsonName().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(parameter));
    }

    private FieldViolation unknown(String parameter) {
        return new FieldViolation("query", "there is no parameter '" + parameter + "' here; " + named());
    }

    private String named() {
        List<String> all = parameters(into.getDescriptorForType());
        return all.isEmpty()
                ? "there are none"
                : "there are " + all.stream().sorted().collect(Collectors.joining(", "));
    }

    /** Names of all that may be given, as in JSON. */
    static List<String> parameters(Descriptor request) {
        List<String> all = new ArrayList<>();
        for (FieldDescriptor field : request.getFields()) {
            if (isOneValue(field)) {
                all.add(field.getJsonName());
            } else {
                parameters(field.getMessageType()).forEach(inner -> all.add(field.getJsonName() + "." + inner));
            }
        }
        return all;
    }

    /** Rather than a message whose fields are given one by one. */
    static boolean isOneValue(FieldDescriptor field) {
        return field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
                || field.getMessageType().equals(Timestamp.getDescriptor())
                || field.getMessageType().equals(Duration.getDescriptor())
                || field.getMessageType().equals(FieldMask.getDescriptor());
    }

    private static Object value(FieldDescriptor field, String name, String text) throws FieldViolation {
        try {
            return switch (field.getJavaType()) {
                case INT -> Integer.parseInt(text);
                case LONG -> Long.parseLong(text);
                case FLOAT -> Float.parseFloat(text);
                case DOUBLE -> Double.parseDouble(text);
                case BOOLEAN -> truth(name, text);
                case STRING -> text;
                case BYTE_STRING -> ByteString.copyFrom(Base64.getUrlDecoder().decode(text));
                case ENUM -> constant(field, name, text);
                case MESSAGE -> known(field, name, text);
            };
        } catch (NumberFormatException e) {
            throw new FieldViolation(name, "'" + text + "' is no number that fits; write one such as 100");
        } catch (IllegalArgumentException e) {
            throw new FieldViolation(name, "'" + text + "' cannot be read; /openapi.json describes what it may be");
        }
    }

    private static boolean truth(String name, String text) throws FieldViolation {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new FieldViolation(name, "'" + text + "' is neither true nor false");
        };
    }

    private static EnumValueDescriptor constant(FieldDescriptor field, String name, String text) throws FieldViolation {
        EnumValueDescriptor value = field.getEnumType().findValueByName(text);
        if (value == null) {
            throw new FieldViolation(
                    name,
                    "'" + text + "' is none of "
                            + field.getEnumType().getValues().stream()
                                    .map(EnumValueDescriptor::getName)
                                    .collect(Collectors.joining(", ")));
        }
        return value;
    }

    private static Message known(FieldDescriptor field, String name, String text) throws FieldViolation {
        try {
            if (field.getMessageType().equals(Timestamp.getDescriptor())) {
                // Protobuf's parser takes a month 91 or words behind the seconds, and logs them as they are.
                OffsetDateTime unused = OffsetDateTime.parse(text);
                return Timestamps.parse(text);
            }
            return field.getMessageType().equals(Duration.getDescriptor())
                    ? Durations.parse(text)
                    : FieldMaskUtil.fromJsonString(text);
        } catch (ParseException | DateTimeException e) {
            throw new FieldViolation(
                    name,
                    "'" + text + "' is no "
                            + (field.getMessageType().equals(Timestamp.getDescriptor())
                                    ? "time; write one such as 2026-11-01T10:00:00Z, and a + in it as %2B"
                                    : "span; write one such as 3.5s"));
        }
    }
}
