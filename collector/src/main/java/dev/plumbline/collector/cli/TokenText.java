package dev.plumbline.collector.cli;

import dev.plumbline.collector.cli.TextTable.Entry;
import dev.plumbline.v1.AccessToken;
import java.util.List;

/** Tokens of people and tools, for people. Pure. */
final class TokenText {
    private TokenText() {}

    static List<String> tokens(List<AccessToken> tokens, Terminal terminal) {
        if (tokens.isEmpty()) {
            return List.of("There is no token that opens anything (--all shows the others).");
        }
        TextTable table = new TextTable("ID", "NAME", "ROLE", "SEES", "STATE", "LAST USED", "BY");
        for (AccessToken token : tokens) {
            table.row(List.of(
                    Entry.of(token.getId()),
                    Entry.of(token.getName()),
                    Entry.of(token.getRole()),
                    Entry.of(token.getSegmentsCount() == 0 ? "all" : String.join(", ", token.getSegmentsList())),
                    state(token),
                    Entry.of(
                            token.hasLastUsedAt()
                                    ? Times.forPeople(token.getLastUsedAt()) + " from " + token.getLastUsedFrom()
                                    : "never"),
                    Entry.of(token.getCreatedBy())));
        }
        return table.lines(terminal);
    }

    private static Entry state(AccessToken token) {
        return switch (token.getState()) {
            case "OPEN" -> Entry.of("until " + Times.forPeople(token.getEndsAt()));
            case "ENDED" -> new Entry("ENDED " + Times.forPeople(token.getEndsAt()), Ink.UNSURE);
            default ->
                new Entry(
                        token.getState() + " " + Times.forPeople(token.getRevokedAt()) + " by " + token.getRevokedBy(),
                        Ink.BAD);
        };
    }
}
