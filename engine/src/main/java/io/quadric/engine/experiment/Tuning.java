package io.quadric.engine.experiment;

import io.quadric.engine.report.Text;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a search came to.
///
/// @param plan how its updates were spent
/// @param initial the loss at the parameters with which all candidates began
/// @param candidates in the order in which they were drawn; the first one has the defaults
public record Tuning(HalvingPlan plan, double initial, List<Candidate> candidates) {
    /// Copies the list.
    public Tuning {
        candidates = List.copyOf(candidates);
    }

    /// A candidate.
    ///
    /// @param values what of its hyper-parameters was searched
    /// @param losses at the end of each rung that it came to
    /// @param end why it went no further
    public record Candidate(Map<String, String> values, List<Double> losses, End end) {
        /// Copies values and losses.
        public Candidate {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            losses = List.copyOf(losses);
        }

        private double last() {
            return losses.isEmpty() ? Double.NaN : losses.getLast();
        }

        /// {@return its values as options of a command line}
        public List<String> options() {
            return values.entrySet().stream()
                    .flatMap(value -> List.of("--set", value.getKey() + "=" + value.getValue()).stream())
                    .toList();
        }
    }

    /// Why a candidate went no further.
    public sealed interface End {
        /// It is the best one.
        record Best() implements End {}

        /// Others had lower losses.
        ///
        /// @param rung after which it was left behind, from 1
        record Behind(int rung) implements End {}

        /// Its loss or its parameters were not finite, the loss did not fall, or its steps were rejected one after the
        /// other.
        ///
        /// @param rung in which it failed, from 1
        /// @param reason what happened
        record Failed(int rung, String reason) implements End {}
    }

    /// {@return the best candidate, if one came to the end}
    public Optional<Candidate> best() {
        return candidates.stream().filter(candidate -> candidate.end() instanceof End.Best).findFirst();
    }

    /// {@return why there is no best candidate, and how far one came}
    public String failure() {
        String tried = "all of " + candidates.size() + " candidates failed or were behind one that did";
        return tried + candidates.stream()
                .filter(candidate -> candidate.end() instanceof End.Behind)
                .min(Comparator.<Candidate>comparingInt(candidate -> -candidate.losses().size())
                        .thenComparingDouble(Candidate::last))
                .map(candidate -> "; the best that did not fail, " + Grid.text(candidate.values()) + ", had a loss of "
                        + Text.number(candidate.last()) + " after "
                        + plan.rungs().get(candidate.losses().size() - 1).updates() + " updates, "
                        + Text.number(initial) + " before")
                .orElseGet(() -> "; the loss at the beginning, " + Text.number(initial) + ", is the lowest, "
                        + Grid.text(candidates.getFirst().values()) + " ended with: " + reason(candidates.getFirst()));
    }

    private static String reason(Candidate candidate) {
        return candidate.end() instanceof End.Failed failed ? failed.reason() : "behind";
    }
}
