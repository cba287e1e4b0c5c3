package io.quadric.engine.html;

import io.quadric.engine.metric.ClassPredictions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A part of a report.
public sealed interface Part {
    /// {@return the heading above it}
    String title();

    /// A heading above several parts.
    ///
    /// @param title of theirs
    record Heading(String title) implements Part {}

    /// Names with values.
    ///
    /// @param title the heading above it
    /// @param values by name, in their order
    record Facts(String title, Map<String, String> values) implements Part {
        /// Copies the map.
        public Facts {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /// A table.
    ///
    /// @param title the heading above it
    /// @param note a sentence above it
    /// @param rows cells, those of the first row headings
    record Rows(String title, String note, List<List<String>> rows) implements Part {}

    /// Curves of runs: results, the method's figures, norms of the parameters.
    ///
    /// @param title the heading above it
    /// @param groups of runs, a line for each
    record Curves(String title, List<RunGroup> groups) implements Part {}

    /// Which classes were taken for which.
    ///
    /// @param title the heading above it
    /// @param predictions of cases whose classes are known
    record Classes(String title, ClassPredictions predictions) implements Part {}

    /// A table of numbers over two lists of values, shaded from the least to the largest.
    ///
    /// @param title the heading above it
    /// @param columns what is to the right, and its values
    /// @param rows what is downwards, and its values
    /// @param numbers a row for each of the rows; NaN for none
    record Shades(String title, Axis columns, Axis rows, double[][] numbers) implements Part {
        /// A list of values.
        ///
        /// @param name what they are of
        /// @param values as text
        public record Axis(String name, List<String> values) {}
    }

    /// A text in a fixed font, folded up at first.
    ///
    /// @param title the heading above it
    /// @param text with line ends
    record Listing(String title, String text) implements Part {}
}
