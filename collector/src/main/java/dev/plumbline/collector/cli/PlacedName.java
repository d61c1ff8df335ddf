package dev.plumbline.collector.cli;

/** An agent as people write it: {@code SEGMENT/NAME}. */
record PlacedName(String segment, String name) {
    static PlacedName parse(String text) throws CommandFailure {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "'" + text + "' names no host; write SEGMENT/NAME such as wifi/laptop");
        }
        return new PlacedName(text.substring(0, slash), text.substring(slash + 1));
    }
}
