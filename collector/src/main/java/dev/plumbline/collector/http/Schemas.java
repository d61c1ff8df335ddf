package dev.plumbline.collector.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;

/** Messages as JSON Schema, in the standard mapping of protobuf to JSON. */
final class Schemas {
    private final ObjectMapper mapper;
    private final Comments comments;
    private final ObjectNode all;

    Schemas(ObjectMapper mapper, Comments comments) {
        this.mapper = mapper;
        this.comments = comments;
        this.all = mapper.createObjectNode();
    }

    /** Of every message that was asked for, with all that these have. */
    ObjectNode all() {
        return all;
    }

    /** A reference to it. */
    ObjectNode of(Descriptor message) {
        String name = message.getFullName().replace("plumbline.v1.", "");
        if (!all.has(name)) {
            ObjectNode schema = all.putObject(name);
            schema.put("type", "object");
            comments.on(message).ifPresent(c -> schema.put("description", c));
            ObjectNode properties = schema.putObject("properties");
            for (FieldDescriptor field : message.getFields()) {
                ObjectNode property = of(field);
                comments.on(field).ifPresent(c -> property.put("description", c));
                properties.set(field.getJsonName(), property);
            }
        }
        return mapper.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    ObjectNode of(FieldDescriptor field) {
        if (field.isMapField()) {
            ObjectNode map = mapper.createObjectNode().put("type", "object");
            map.set("additionalProperties", one(field.getMessageType().findFieldByName("value")));
            return map;
        }
        if (field.isRepeated()) {
            ObjectNode list = mapper.createObjectNode().put("type", "array");
            list.set("items", one(field));
            return list;
        }
        return one(field);
    }

    private ObjectNode one(FieldDescriptor field) {
        return switch (field.getType()) {
            case INT32, SINT32, SFIXED32 -> typed("integer", "int32");
            case UINT32, FIXED32 -> typed("integer", "int64").put("minimum", 0);
            // A number of JSON has no room for them.
            case INT64, SINT64, SFIXED64 -> typed("string", "int64");
            case UINT64, FIXED64 -> typed("string", "uint64");
            case FLOAT -> typed("number", "float");
            case DOUBLE -> typed("number", "double");
            case BOOL -> mapper.createObjectNode().put("type", "boolean");
            case STRING -> mapper.createObjectNode().put("type", "string");
            case BYTES -> mapper.createObjectNode().put("type", "string").put("contentEncoding", "base64");
            case ENUM -> {
                ObjectNode word = mapper.createObjectNode().put("type", "string");
                field.getEnumType()
                        .getValues()
                        .forEach(v -> word.withArray("enum").add(v.getName()));
                yield word;
            }
            case MESSAGE, GROUP -> known(field.getMessageType());
        };
    }

    private ObjectNode known(Descriptor message) {
        if (message.equals(Timestamp.getDescriptor())) {
            return typed("string", "date-time");
        }
        if (message.equals(Duration.getDescriptor()) || message.equals(FieldMask.getDescriptor())) {
            return mapper.createObjectNode().put("type", "string");
        }
        if (message.equals(Any.getDescriptor())) {
            ObjectNode any = mapper.createObjectNode().put("type", "object");
            any.putObject("properties").putObject("@type").put("type", "string");
            return any.put("additionalProperties", true);
        }
        return of(message);
    }

    private ObjectNode typed(String type, String format) {
        return mapper.createObjectNode().put("type", type).put("format", format);
    }
}
