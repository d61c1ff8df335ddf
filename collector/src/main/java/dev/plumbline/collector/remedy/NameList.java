package dev.plumbline.collector.remedy;

import java.util.List;

/** The names of the targets, one a line, as the lists print them. */
final class NameList implements Writer {
    @Override
    public List<String> write(Need need) {
        boolean wanted =
                need.asks(Change.PASS, Change.BYPASS, Change.UNOPENED, Change.UNFILTERED, Change.TELL, Change.DIRECT);
        return wanted ? need.names() : List.of();
    }
}
