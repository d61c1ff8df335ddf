package dev.plumbline.collector.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.rpc.Status;
import com.linecorp.armeria.common.HttpMethod;
import dev.plumbline.collector.access.Permissions;
import dev.plumbline.collector.report.Format;
import dev.plumbline.v1.Report;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What the port serves, as OpenAPI 3.1: from the contract with its comments and annotations, never by hand. Pure. */
final class OpenApi {
    private static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObjectNode root = MAPPER.createObjectNode();
    private final ObjectNode paths = MAPPER.createObjectNode();
    private final Comments comments;
    private final Schemas schemas;
    private final Set<String> operations = new HashSet<>();

    private OpenApi(Comments comments) {
        this.comments = comments;
        this.schemas = new Schemas(MAPPER, comments);
    }

    static byte[] of(List<Binding> bindings, List<HttpRoute> routes) {
        return of(bindings, routes, Comments.ofContract());
    }

    static byte[] of(List<Binding> bindings, List<HttpRoute> routes, Comments comments) {
        OpenApi api = new OpenApi(comments);
        bindings.forEach(api::add);
        routes.forEach(api::add);
        return api.text();
    }

    private byte[] text() {
        root.put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "Plumbline")
                .put("version", "v1")
                .put(
                        "description",
                        "Which network segments reach Apple's services, and what is in the way. Fields that are empty, 0 or"
                                + " false are left out; 64-bit numbers are strings; times are RFC 3339. What is wrong with a"
                                + " request is told by google.rpc.Status.")
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("identifier", "Apache-2.0");
        root.putArray("security").addObject().putArray("token");
        root.set("paths", paths);
        ObjectNode components = root.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "plumbline token create");
        components.set("schemas", schemas.all());
        try {
            return MAPPER.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree cannot be written", e);
        }
    }

    private void add(Binding binding) {
        ObjectNode operation = operation(binding.path(), binding.verb());
        String name = binding.rpc().getName();
        operation.put("operationId", id(name));
        operation.putArray("tags").add(binding.rpc().getService().getName());
        String needs = "It " + Permissions.of(binding.call()).said() + ".";
        operation.put(
                "description",
                comments.on(binding.rpc()).map(c -> c + " " + needs).orElse(needs));
        addParameters(operation, binding);
        if (binding.hasBody()) {
            operation
                    .putObject("requestBody")
                    .putObject("content")
                    .putObject(JSON)
                    .set("schema", schemas.of(binding.rpc().getInputType()));
        }
        ObjectNode responses = operation.putObject("responses");
        ObjectNode answer = responses.putObject("200");
        Descriptor told = binding.rpc().getOutputType();
        if (binding.isFile()) {
            answer.put("description", "The document as a file, or its signature alone where one was asked for.");
            ObjectNode files = answer.putObject("content");
            Stream.of(Format.values()).map(Format::mediaType).forEach(files::putObject);
            files.withObject("/" + Format.JSON.mediaType().replace("/", "~1"))
                    .set("schema", schemas.of(Report.getDescriptor()));
            files.putObject(FileCall.SIGNATURE.toString());
        } else if (binding.isStream()) {
            answer.put(
                    "description",
                    "Server-sent events: the data of each is " + told.getName()
                            + ", that of an event status, which is the last, google.rpc.Status.");
            ObjectNode events = answer.putObject("content")
                    .putObject("text/event-stream")
                    .putObject("schema")
                    .put("type", "string")
                    .put("contentMediaType", JSON);
            events.set("contentSchema", schemas.of(told));
        } else {
            answer.put("description", told.getName());
            answer.putObject("content").putObject(JSON).set("schema", schemas.of(told));
        }
        addRefusal(responses);
    }

    private String id(String name) {
        if (operations.add(name)) {
            return name;
        }
        int number = 2;
        while (!operations.add(name + number)) {
            number++;
        }
        return name + number;
    }

    private void add(HttpRoute route) {
        route.described().ifPresent(said -> {
            ObjectNode operation = operation(route.path(), HttpMethod.GET);
            operation.put("operationId", id(route.path().replaceAll("[^A-Za-z]", "")));
            operation.put("description", said.summary());
            if (route.audience().isEmpty()) {
                operation.putArray("security");
            }
            ObjectNode responses = operation.putObject("responses");
            responses
                    .putObject("200")
                    .put("description", said.summary())
                    .putObject("content")
                    .putObject(said.answer().withoutParameters().toString());
            addRefusal(responses);
        });
    }

    private ObjectNode operation(String path, HttpMethod verb) {
        ObjectNode item = paths.has(path) ? (ObjectNode) paths.get(path) : paths.putObject(path);
        return item.putObject(verb.name().toLowerCase(Locale.ROOT));
    }

    private void addRefusal(ObjectNode responses) {
        ObjectNode refusal = responses.putObject("default").put("description", "Why there is no answer.");
        refusal.putObject("content").putObject(JSON).set("schema", schemas.of(Status.getDescriptor()));
    }

    private void addParameters(ObjectNode operation, Binding binding) {
        List<String> variables = binding.variables();
        Descriptor request = binding.rpc().getInputType();
        for (FieldDescriptor field : request.getFields()) {
            if (variables.contains(field.getName())) {
                // As it stands in the path.
                addParameter(operation, "path", field.getName(), field);
            } else if (!binding.hasBody()) {
                addQuery(operation, "", field);
            }
        }
        if (StreamedRpc.resumes(binding)) {
            operation
                    .withArray("parameters")
                    .addObject()
                    .put("name", StreamedRpc.LAST_EVENT_ID)
                    .put("in", "header")
                    .put("description", "The id of the latest event that came; it goes before resumeAfter.")
                    .putObject("schema")
                    .put("type", "string");
        }
    }

    private void addQuery(ObjectNode operation, String before, FieldDescriptor field) {
        String name = before + field.getJsonName();
        if (Question.isOneValue(field)) {
            addParameter(operation, "query", name, field);
        } else {
            field.getMessageType().getFields().forEach(inner -> addQuery(operation, name + ".", inner));
        }
    }

    private void addParameter(ObjectNode operation, String in, String name, FieldDescriptor field) {
        ObjectNode parameter = operation.withArray("parameters").addObject();
        parameter.put("name", name).put("in", in);
        if (in.equals("path")) {
            parameter.put("required", true);
        }
        comments.on(field).ifPresent(c -> parameter.put("description", c));
        parameter.set("schema", schemas.of(field));
    }
}
