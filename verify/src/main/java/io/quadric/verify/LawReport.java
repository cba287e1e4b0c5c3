package io.quadric.verify;

import java.util.List;
import java.util.Locale;

/// What all laws came to.
///
/// @param results one for each law
/// @param warnings where checks prove less than they seem to
public record LawReport(List<LawResult> results, List<Warning> warnings) {
    private static final int SHOWN = 3;

    /// Copies the lists.
    public LawReport {
        results = List.copyOf(results);
        warnings = List.copyOf(warnings);
    }

    /// {@return whether every law held}
    public boolean holds() {
        return results.stream().allMatch(LawResult::holds);
    }

    /// {@return the laws that failed}
    public List<LawResult> failures() {
        return results.stream().filter(result -> !result.holds()).toList();
    }

    /// {@return a table: law, cases, worst error, bound, PASS or FAIL, with the subject of every failure and the first
    /// warnings below}
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        row(text, "law", "cases", "worst error", "bound", "");
        for (LawResult r : results) {
            row(text, r.law().name(), Integer.toString(r.cases()), number(r.worstError()), number(r.bound()),
                    r.verdict());
        }
        for (LawResult r : failures()) {
            text.append(String.format(Locale.ROOT, "%n%s: %s%n  worst at %s%n  bound: %s%n",
                    r.law().name(), r.law().statement(), r.worstCase(), r.law().bound().reason()));
        }
        if (!warnings.isEmpty()) {
            text.append(String.format(Locale.ROOT,
                    "%n%d warnings: on some subjects a wrong derivative might agree, such as%n", warnings.size()));
            warnings.stream().limit(SHOWN).forEach(
                    w -> text.append(String.format(Locale.ROOT, "  %s: %s%n", w.subject(), w.text())));
        }
        return text.toString();
    }

    private static String number(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.2e", value);
    }

    private static void row(StringBuilder text, String... cells) {
        text.append(String.format(Locale.ROOT, "%-32s %7s  %11s  %9s  %s", (Object[]) cells).stripTrailing())
                .append(System.lineSeparator());
    }
}
