package dev.plumbline.collector.cli;

import java.util.List;

/** The commands that ask a collector, for the {@code plumbline} program to take in. */
public final class QueryCommands {
    private QueryCommands() {}

    /** What picocli takes as subcommands, each with its own name. */
    public static List<Object> all(Surroundings surroundings) {
        return List.of(
                new SegmentsCommand(surroundings),
                new SegmentCommand(surroundings),
                new MatrixCommand(surroundings),
                new FindingsCommand(surroundings),
                new ExplainCommand(surroundings),
                new CompareCommand(surroundings),
                new RemedyCommand(surroundings),
                new ReportCommand(surroundings),
                new WatchCommand(surroundings),
                new VerifyNowCommand(surroundings),
                new CheckCommand(surroundings),
                AlertCommand.line(surroundings),
                new InviteCommand(surroundings),
                new InvitesCommand(surroundings),
                new AgentsCommand(surroundings),
                new ApproveCommand(surroundings),
                new DenyCommand(surroundings),
                new RevokeCommand(surroundings),
                new AuditCommand(surroundings),
                TokenCommand.line(surroundings),
                new TokensCommand(surroundings));
    }
}
