package dev.plumbline.collector.web;

import java.util.ArrayList;
import java.util.List;

/**
 * The ways to those who answer, drawn: the agent at the left, a dot for each box on the way, and who answered. Pure.
 *
 * @param width of the drawing, in its own units
 */
public record WayPicture(int width, int height, List<Line> lines) {
    private static final int LEFT = 60;
    private static final int STEP = 26;
    private static final int ROW = 46;
    private static final int MOST = 8;
    private static final int FARTHEST = 40;
    private static final int LABEL = 230;

    public WayPicture {
        lines = List.copyOf(lines);
    }

    /**
     * One way.
     *
     * @param boxes where they stand, between the agent and who answers
     * @param sibling where another port of the same address answers, if that is elsewhere; 0 = it is not
     */
    public record Line(String to, String said, int y, List<Integer> boxes, int end, int sibling) {}

    static WayPicture of(List<Sighting.Way> ways) {
        int most = 1;
        for (Sighting.Way way : ways) {
            most = Math.max(most, Math.min(FARTHEST, Math.max(way.hops(), way.sibling())));
        }
        List<Line> lines = new ArrayList<>();
        for (Sighting.Way way : ways.subList(0, Math.min(MOST, ways.size()))) {
            int hops = Math.min(FARTHEST, way.hops());
            List<Integer> boxes = new ArrayList<>();
            for (int i = 1; i < hops; i++) {
                boxes.add(LEFT + i * STEP);
            }
            boolean isElsewhere = way.sibling() > 0 && way.sibling() != way.hops();
            lines.add(new Line(
                    way.to(),
                    way.said(),
                    20 + lines.size() * ROW,
                    boxes,
                    LEFT + hops * STEP,
                    isElsewhere ? LEFT + Math.min(FARTHEST, way.sibling()) * STEP : 0));
        }
        return new WayPicture(LEFT + most * STEP + LABEL, lines.size() * ROW + 10, lines);
    }
}
