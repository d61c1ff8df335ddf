package dev.plumbline.agent.pac;

import java.time.LocalDate;
import java.time.Month;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** weekdayRange, dateRange and timeRange: ranges that may go over the end of the week, the year and the day. */
final class PacTimes {
    private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final int LAST_DAY = 31;

    private PacTimes() {}

    static boolean weekdayRange(List<String> words, ZonedDateTime now) {
        List<Integer> days =
                words.stream().map(DAYS::indexOf).filter(d -> d >= 0).toList();
        if (days.isEmpty()) {
            return false;
        }
        return within(now.getDayOfWeek().getValue() - 1, days.get(0), days.get(days.size() - 1));
    }

    /** One or two hours, or two times of hour, minute and perhaps second. */
    static boolean timeRange(List<String> words, ZonedDateTime now) {
        List<Integer> n = numbers(words);
        int second = now.toLocalTime().toSecondOfDay();
        return switch (n.size()) {
            case 1 -> now.getHour() == n.get(0);
            case 2 -> within(second, n.get(0) * 3600, n.get(1) * 3600);
            case 4 -> within(second, n.get(0) * 3600 + n.get(1) * 60, n.get(2) * 3600 + n.get(3) * 60 + 59);
            case 6 ->
                within(second, n.get(0) * 3600 + n.get(1) * 60 + n.get(2), n.get(3) * 3600 + n.get(4) * 60 + n.get(5));
            default -> false;
        };
    }

    /** Days, months, years or combinations of them, one or two of the same shape. */
    static boolean dateRange(List<String> words, ZonedDateTime now) {
        List<Part> parts =
                words.stream().filter(w -> !w.equals("GMT")).map(PacTimes::part).toList();
        int half = parts.size() / 2;
        boolean two = parts.size() % 2 == 0
                && half > 0
                && kinds(parts.subList(0, half)).equals(kinds(parts.subList(half, parts.size())));
        if (parts.isEmpty() || parts.contains(Part.NONE)) {
            return false;
        }
        LocalDate today = now.toLocalDate();
        List<Part> first = two ? parts.subList(0, half) : parts;
        List<Part> last = two ? parts.subList(half, parts.size()) : parts;
        return within(ordinal(shaped(today, first)), ordinal(first), ordinal(last));
    }

    private enum Kind {
        YEAR,
        MONTH,
        DAY,
        NOTHING
    }

    private record Part(Kind kind, int value) {
        static final Part NONE = new Part(Kind.NOTHING, 0);
    }

    private static Part part(String word) {
        int month = MONTHS.indexOf(word);
        if (month >= 0) {
            return new Part(Kind.MONTH, month + 1);
        }
        if (!word.matches("[0-9]{1,4}")) {
            return Part.NONE;
        }
        int value = Integer.parseInt(word);
        return new Part(value > LAST_DAY ? Kind.YEAR : Kind.DAY, value);
    }

    private static List<Kind> kinds(List<Part> parts) {
        return parts.stream().map(Part::kind).toList();
    }

    private static List<Part> shaped(LocalDate date, List<Part> shape) {
        List<Part> parts = new ArrayList<>();
        for (Part part : shape) {
            parts.add(new Part(
                    part.kind(),
                    switch (part.kind()) {
                        case YEAR -> date.getYear();
                        case MONTH -> date.getMonthValue();
                        case DAY -> date.getDayOfMonth();
                        case NOTHING -> 0;
                    }));
        }
        return parts;
    }

    /** A number that grows with the date: years of twelve months of 32 days. */
    private static int ordinal(List<Part> parts) {
        int sum = 0;
        for (Part part : parts) {
            sum += switch (part.kind()) {
                case YEAR -> part.value() * (Month.DECEMBER.getValue() + 1) * 32;
                case MONTH -> part.value() * 32;
                case DAY -> part.value();
                case NOTHING -> 0;
            };
        }
        return sum;
    }

    private static List<Integer> numbers(List<String> words) {
        return words.stream()
                .filter(w -> w.matches("[0-9]{1,2}"))
                .map(Integer::parseInt)
                .toList();
    }

    private static boolean within(int at, int from, int to) {
        return from <= to ? from <= at && at <= to : at >= from || at <= to;
    }
}
