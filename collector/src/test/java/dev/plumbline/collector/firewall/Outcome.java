package dev.plumbline.collector.firewall;

/** How well what a judge said agrees with what somebody wrote; the later the worse. */
enum Outcome {
    /** The firewall meets nothing that is probed and required, and nobody was accused. */
    NOTHING_TO_SEE("nothing to see"),
    /** The same at every address. */
    RECOVERED("recovered"),
    /** The same required targets by the same mechanisms, with other atoms. */
    EQUIVALENT("other atoms"),
    /** All that was missed is a silence too small to accuse anybody of. */
    TOO_LITTLE("too little"),
    MISSED("missed"),
    WRONG_MECHANISM("wrong word"),
    OVER_BLAMED("over-blamed"),
    CLEAN_BLAMED("clean blamed");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    Outcome worse(Outcome other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
