package dev.plumbline.collector.cli;

import com.google.protobuf.FieldMask;
import dev.plumbline.v1.CreateSegmentRequest;
import dev.plumbline.v1.CreateSegmentResponse;
import dev.plumbline.v1.DeleteSegmentRequest;
import dev.plumbline.v1.DeleteSegmentResponse;
import dev.plumbline.v1.SegmentDeclaration;
import dev.plumbline.v1.UpdateSegmentRequest;
import dev.plumbline.v1.UpdateSegmentResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline segment add|edit|remove}. */
@Command(
        name = "segment",
        description = "Adds, changes or removes a segment while the collector runs.",
        mixinStandardHelpOptions = true)
final class SegmentCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    SegmentCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings.err().println("say what is to be done: plumbline segment add|edit|remove ID");
        surroundings.err().flush();
        return ExitCode.USAGE;
    }

    @Command(
            name = "add",
            description = "Declares a segment; agents can be invited to it at once.",
            mixinStandardHelpOptions = true)
    int add(
            @Mixin CollectorOptions options,
            @Parameters(paramLabel = "ID", description = "lower-case letters, digits and hyphens") String id,
            @Mixin SegmentOptions said,
            @Option(names = "--json", description = "for programs") boolean json) {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            CreateSegmentResponse response = collector
                    .segments()
                    .createSegment(CreateSegmentRequest.newBuilder()
                            .setSegment(said.declaration(id))
                            .build());
            if (json) {
                SegmentJson.changed(surroundings.out(), response.getSegment(), response.getNotesList());
            } else {
                List<String> lines = new ArrayList<>(changed("is declared", response.getSegment()));
                lines.add("Its agents: plumbline invite --segment " + id);
                lines.addAll(response.getNotesList());
                conversation.print(wrapped(lines));
            }
            return ExitCode.OK;
        });
    }

    @Command(
            name = "edit",
            description = "Changes what is given, and nothing else, of a segment that was added by command.",
            mixinStandardHelpOptions = true)
    int edit(
            @Mixin CollectorOptions options,
            @Parameters(paramLabel = "ID", description = "a segment that was added by command") String id,
            @Mixin SegmentOptions said,
            @Option(names = "--no-cidr", description = "without address blocks: its agents' addresses are not checked")
                    boolean noCidrs,
            @Option(names = "--no-must-not-reach", description = "it may reach everything") boolean noDenied,
            @Option(names = "--json", description = "for programs") boolean json) {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            List<String> fields = said.fields();
            clear(fields, noCidrs, "cidrs", "--cidr");
            clear(fields, noDenied, "must_not_reach", "--must-not-reach");
            if (fields.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "nothing is to be changed: give --name, --kind, --role, --cidr, --egress or"
                                + " --must-not-reach");
            }
            UpdateSegmentResponse response = collector
                    .segments()
                    .updateSegment(UpdateSegmentRequest.newBuilder()
                            .setSegment(said.declaration(id))
                            .setUpdateMask(FieldMask.newBuilder().addAllPaths(fields))
                            .build());
            if (json) {
                SegmentJson.changed(surroundings.out(), response.getSegment(), response.getNotesList());
            } else {
                List<String> lines = new ArrayList<>(changed("is now", response.getSegment()));
                lines.addAll(response.getNotesList());
                conversation.print(wrapped(lines));
            }
            return ExitCode.OK;
        });
    }

    private static void clear(List<String> fields, boolean isCleared, String field, String option)
            throws CommandFailure {
        if (isCleared && fields.contains(field)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "give " + option + " or " + option.replace("--", "--no-") + ", not both");
        }
        if (isCleared) {
            fields.add(field);
        }
    }

    @Command(
            name = "remove",
            description = "Takes a segment that was added by command out of the site; its open findings close.",
            mixinStandardHelpOptions = true)
    int remove(
            @Mixin CollectorOptions options,
            @Parameters(paramLabel = "ID", description = "a segment that was added by command") String id,
            @Option(names = "--force", description = "also while its agents are connected: they are ended and refused")
                    boolean force,
            @Option(names = "--json", description = "for programs") boolean json) {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            DeleteSegmentResponse response = collector
                    .segments()
                    .deleteSegment(DeleteSegmentRequest.newBuilder()
                            .setId(id)
                            .setForce(force)
                            .build());
            if (json) {
                SegmentJson.removed(surroundings.out(), response);
            } else {
                conversation.print(wrapped(List.of("Segment " + id + " is removed; connections ended: "
                        + response.getEndedStreams() + ", invitations taken back: "
                        + response.getRevokedInvitations() + ", tokens revoked: "
                        + response.getRevokedAccessTokens() + ", narrowed: " + response.getNarrowedAccessTokens()
                        + ". Its open findings close between two rounds. Its agents' certificates stay good until"
                        + " their end, for a segment of this id that is added again; plumbline revoke ends them.")));
            }
            return ExitCode.OK;
        });
    }

    private static List<String> changed(String how, SegmentDeclaration segment) {
        return List.of("Segment " + segment.getId() + " " + how + ": " + segment.getDisplayName() + ", kind "
                + segment.getKind() + ", roles " + String.join(", ", segment.getRolesList()) + "; address blocks "
                + listed(segment.getCidrsList()) + "; egress group " + segment.getEgressGroup() + "; must not reach "
                + listed(segment.getMustNotReachList()) + ".");
    }

    private static String listed(List<String> values) {
        return values.isEmpty() ? "none" : String.join(", ", values);
    }

    private List<String> wrapped(List<String> lines) {
        return lines.stream()
                .flatMap(l -> Wrapping.wrap(l, surroundings.terminal().width()).stream())
                .toList();
    }
}
