package dev.plumbline.collector.remedy;

import java.util.List;

/** One language of boxes. */
interface Writer {
    /** The lines, without the comments that every language begins with; empty = this language has nothing to say about it. */
    List<String> write(Need need);
}
