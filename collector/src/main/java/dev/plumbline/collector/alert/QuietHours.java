package dev.plumbline.collector.alert;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * A time of day in which a receiver is told nothing. Where clocks are changed, it is the wall clock of the zone that counts.
 *
 * @param from the first minute
 * @param to the first minute after it; not later than {@code from} = on the next day, so that 00:00 to 00:00 is the whole day
 * @param days on which it begins
 */
public record QuietHours(ZoneId zone, LocalTime from, LocalTime to, Set<DayOfWeek> days) {
    public QuietHours {
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("quiet hours on no day are none");
        }
        if (from.equals(to) && days.size() == DayOfWeek.values().length) {
            throw new IllegalArgumentException(
                    "quiet hours that begin each day when they end would never end; name days, or another time");
        }
    }

    boolean holds(Instant at) {
        ZonedDateTime there = at.atZone(zone);
        LocalTime time = there.toLocalTime();
        LocalDate day = there.toLocalDate();
        if (from.isBefore(to)) {
            return begins(day) && !time.isBefore(from) && time.isBefore(to);
        }
        return (begins(day) && !time.isBefore(from)) || (begins(day.minusDays(1)) && time.isBefore(to));
    }

    private boolean begins(LocalDate day) {
        return days.contains(day.getDayOfWeek());
    }

    /** For sentences. */
    @Override
    public String toString() {
        return from + " to " + to + " (" + zone + ")";
    }
}
