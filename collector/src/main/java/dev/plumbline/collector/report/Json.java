package dev.plumbline.collector.report;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.plumbline.v1.Report;
import dev.plumbline.words.Printable;
import java.nio.charset.StandardCharsets;

/** A report as protobuf's JSON: fields in the order of their numbers, those without a value too. */
final class Json {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().alwaysPrintFieldsWithNoPresence();

    private Json() {}

    static byte[] of(Report report) {
        try {
            return (Printable.json(PRINTER.print(report)) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a report has no field of any type that could be unknown", e);
        }
    }
}
