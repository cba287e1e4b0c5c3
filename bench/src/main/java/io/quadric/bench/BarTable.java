package io.quadric.bench;

import java.util.Locale;

/// What was measured beside the bar for it.
final class BarTable {
    private final StringBuilder rows = new StringBuilder();
    private int count;
    private int missed;

    /// Adds a number that should be no less than a bar.
    void atLeast(String what, double measured, double bar) {
        add(what, measured, "≥ " + number(bar), measured >= bar);
    }

    /// Adds a number that should be no more than a bar.
    void atMost(String what, double measured, double bar) {
        add(what, measured, "≤ " + number(bar), measured <= bar);
    }

    /// NaN holds no bar.
    private void add(String what, double measured, String bar, boolean holds) {
        count++;
        missed += holds ? 0 : 1;
        String row = "| " + what + " | " + number(measured) + " | " + bar + " | " + (holds ? "" : "**missed**")
                + " |\n";
        System.out.print(row);
        rows.append(row);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /// {@return the table, with how many bars are missed}
    String text() {
        return count + " bars, " + missed + " missed. Times are the best of many turns with the peer in one process;"
                + " those of steps are medians.\n\n| what | measured | bar | |\n|---|---|---|---|\n" + rows;
    }
}
