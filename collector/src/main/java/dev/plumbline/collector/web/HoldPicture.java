package dev.plumbline.collector.web;

import dev.plumbline.v1.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long quiet connections stand, target by target: a bar to the greatest age at which one stood, and a mark at the least at which
 * one was ended on the way. Ages are drawn by their logarithm, from a second to two hours. Pure.
 */
public record HoldPicture(List<Bar> bars) {
    public static final int WIDTH = 600;
    private static final double LONGEST = Math.log((double) Duration.ofHours(2).toSeconds());

    public HoldPicture {
        bars = List.copyOf(bars);
    }

    /**
     * @param stood of {@value HoldPicture#WIDTH}
     * @param ended the same; negative = none was ended
     */
    public record Bar(String target, int stood, int ended, String said) {}

    static HoldPicture of(List<Cell> cells) {
        List<Bar> bars = new ArrayList<>();
        for (Cell cell : cells) {
            long stood = cell.getSeen().getIdleStoodSeconds();
            long ended = cell.getSeen().getIdleEndedSeconds();
            if (stood > 0 || ended > 0) {
                bars.add(new Bar(cell.getTargetId(), place(stood), ended == 0 ? -1 : place(ended), said(cell)));
            }
        }
        return new HoldPicture(bars);
    }

    private static String said(Cell cell) {
        long stood = cell.getSeen().getIdleStoodSeconds();
        long ended = cell.getSeen().getIdleEndedSeconds();
        return (stood == 0 ? "none stood" : "stood for " + Times.length(Duration.ofSeconds(stood)))
                + (ended == 0
                        ? ""
                        : ", ended (" + cell.getSeen().getIdleEnd() + ") after "
                                + Times.length(Duration.ofSeconds(ended)));
    }

    private static int place(long seconds) {
        return seconds <= 1 ? 4 : (int) Math.min(WIDTH, Math.round(Math.log((double) seconds) / LONGEST * WIDTH));
    }
}
