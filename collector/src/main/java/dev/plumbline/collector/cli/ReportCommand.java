package dev.plumbline.collector.cli;

import dev.plumbline.collector.typed.TypedTime;
import dev.plumbline.v1.GenerateReportRequest;
import dev.plumbline.v1.GenerateReportResponse;
import dev.plumbline.v1.ReportHeader;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline report --from TIME --to TIME}. */
@Command(
        name = "report",
        description = "What an audit of a period is handed, as one file; the same period gives the same bytes.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:All requirements were met all the time",
            "1:A requirement was broken",
            "2:Wrong usage or configuration",
            "3:Neither is proved",
            "4:The collector cannot be reached",
            "70:An internal error"
        },
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    /** A year of a large site takes longer than any other answer. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final long LARGEST_BYTES = 1L << 30;
    private static final String STANDARD_OUT = "-";

    /**
     * Agents and operators have certificates of the same authority, for clients alone; ca.pem is the authority that issues, which may
     * stand below another one.
     */
    private static final String CHECK = "openssl cms -verify -binary -inform DER -purpose sslserver -partial_chain";

    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Option(names = "--from", required = true, paramLabel = "TIME", description = "first moment: " + TypedTime.FORMS)
    private String from = "";

    @Option(names = "--to", required = true, paramLabel = "TIME", description = "first moment after it")
    private String to = "";

    @Option(names = "--segment", paramLabel = "G", description = "of this one alone, with what concerns it")
    private String segment = "";

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = "html",
            description = "html (one page, also for print), csv (a ZIP of tables), json")
    private String format = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "",
            description = "standard: a name of site and period, here; - prints html and json")
    private String out = "";

    @Option(names = "--sign", description = "by the collector, into FILE.p7s; check it with openssl cms -verify")
    private boolean sign;

    @Option(names = "--json", description = "for programs: what was written where")
    private boolean json;

    ReportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    private record Document(ReportHeader header, Bytes content) {}

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            check();
            Instant now = surroundings.clock().instant();
            GenerateReportRequest request = GenerateReportRequest.newBuilder()
                    .setFrom(TypedArguments.time("--from", from, now))
                    .setTo(TypedArguments.time("--to", to, now))
                    .setSegment(segment)
                    .setFormat(format)
                    .setSign(sign)
                    .build();
            ProgressLine progress = new ProgressLine(surroundings.err(), surroundings.terminal());
            progress.show("the collector makes the report, which takes up to " + PATIENCE.toMinutes() + " minutes ...");
            Document document;
            try {
                document = whole(collector.reports(PATIENCE).generateReport(request), progress);
            } finally {
                progress.end();
            }
            if (out.equals(STANDARD_OUT)) {
                surroundings.out().print(new String(document.content().toArray(), StandardCharsets.UTF_8));
                surroundings.out().flush();
            } else {
                tell(document.header(), write(document), conversation);
            }
            return ExitCode.ofWord(document.header().getVerdict());
        });
    }

    private void check() throws CommandFailure {
        if (out.equals(STANDARD_OUT) && (sign || json || format.equals("csv"))) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--out -: prints html and json alone; name a file with --sign, --json or --format csv");
        }
    }

    private static Document whole(Iterator<GenerateReportResponse> answers, ProgressLine progress)
            throws CommandFailure {
        ReportHeader header = ReportHeader.getDefaultInstance();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (answers.hasNext()) {
            GenerateReportResponse answer = answers.next();
            if (answer.hasHeader()) {
                header = answer.getHeader();
            } else {
                content.writeBytes(answer.getChunk().toByteArray());
                progress.show("report: " + content.size() + " of " + header.getSizeBytes() + " bytes");
            }
            if (content.size() > Math.min(LARGEST_BYTES, header.getSizeBytes())) {
                throw new CommandFailure(ExitCode.INTERNAL, "the collector sends more than it announced");
            }
        }
        byte[] all = content.toByteArray();
        if (!Sha256.of(all).equals(digest(header))) {
            throw new CommandFailure(
                    ExitCode.INTERNAL,
                    "the report did not come as the collector made it: " + all.length + " of " + header.getSizeBytes()
                            + " bytes came; ask again");
        }
        return new Document(header, Bytes.of(all));
    }

    private static Sha256 digest(ReportHeader header) throws CommandFailure {
        try {
            return Sha256.ofDigest(header.getSha256().toByteArray());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.INTERNAL, "the collector names no digest of the report");
        }
    }

    /** Whole or not at all, the signature after what it signs. */
    private Path write(Document document) throws CommandFailure {
        Path file = Path.of(out.isEmpty() ? name(document.header()) : out);
        replace(file, document.content().toArray());
        if (sign) {
            replace(signature(file), document.header().getSignature().toByteArray());
        }
        return file;
    }

    private static String name(ReportHeader header) throws CommandFailure {
        String name = header.getFileName();
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,200}")) {
            throw new CommandFailure(ExitCode.INTERNAL, "the collector names no file to write; name one with --out");
        }
        return name;
    }

    private static Path signature(Path file) {
        return file.resolveSibling(file.getFileName() + ".p7s");
    }

    private static void replace(Path file, byte[] content) throws CommandFailure {
        try {
            Path made = Files.createTempFile(file.toAbsolutePath().resolveSibling(""), ".plumbline-report", "");
            try {
                Files.write(made, content);
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(made);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--out: " + file + " cannot be written (" + e + "); name a file in a folder that can be");
        }
    }

    private void tell(ReportHeader header, Path file, Conversation conversation) {
        Optional<Path> signature = sign ? Optional.of(signature(file)) : Optional.empty();
        if (json) {
            JsonAnswer.report(surroundings.out(), header, file, signature);
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add(header.getVerdict() + ": the report is " + file + " (" + header.getSizeBytes() + " bytes).");
        signature.ifPresent(s -> lines.add("Its signature is " + s
                + "; check it with: " + CHECK + " -CAfile ca.pem -in " + s + " -content " + file + " -signer "
                + file.resolveSibling("signer.pem") + " -out /dev/null"));
        if (sign) {
            lines.add("Then this names the collector that signed: openssl x509 -noout -ext subjectAltName -in "
                    + file.resolveSibling("signer.pem"));
        }
        conversation.print(lines);
    }
}
