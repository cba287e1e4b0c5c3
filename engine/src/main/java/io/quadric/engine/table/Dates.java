package io.quadric.engine.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.OptionalDouble;

/// Dates and times of ISO 8601 as days since 1970-01-01, fractions of days included: `2024-02-29`, `2024-02-29 12:00`,
/// `2024-02-29T12:00:00Z`. A time without a zone is in UTC.
public final class Dates {
    private static final double SECONDS = 86_400;
    private static final double NANOS = 1e9;
    private static final int DATE = 10;

    private Dates() {}

    /// {@return the days of a text, if it is a date or a time of a day}
    ///
    /// @param text without spaces around it
    public static OptionalDouble days(String text) {
        if (text.length() < DATE || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(days(parsed(text)));
        } catch (DateTimeException e) {
            return OptionalDouble.empty();
        }
    }

    private static TemporalAccessor parsed(String text) {
        if (text.length() == DATE) {
            return LocalDate.parse(text);
        }
        String iso = text.charAt(DATE) == ' ' ? text.substring(0, DATE) + 'T' + text.substring(DATE + 1) : text;
        return DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
    }

    /// {@return the days of a date, a time of a day or an instant}
    ///
    /// @param date of a class of `java.time`
    /// @throws DateTimeException if it has no date
    public static double days(TemporalAccessor date) {
        if (date.isSupported(ChronoField.INSTANT_SECONDS)) {
            return date.getLong(ChronoField.INSTANT_SECONDS) / SECONDS
                    + date.get(ChronoField.NANO_OF_SECOND) / (NANOS * SECONDS);
        }
        double day = date.getLong(ChronoField.EPOCH_DAY);
        return date.isSupported(ChronoField.NANO_OF_DAY)
                ? day + date.getLong(ChronoField.NANO_OF_DAY) / (NANOS * SECONDS)
                : day;
    }

    /// {@return the date, with a time where there is one}, to the second
    ///
    /// @param days since 1970-01-01
    public static String text(double days) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.round(days * SECONDS), 0, ZoneOffset.UTC);
        return days == Math.rint(days) ? time.toLocalDate().toString() : time.toString();
    }
}
