package io.quadric.engine.html;

import java.util.List;

/// A chart: lines over step, epoch or seconds.
///
/// @param title what is shown
/// @param note what that is, for somebody who does not know
/// @param scale of the values, at first
/// @param lines what is drawn
record Chart(String title, String note, Scale scale, List<Line> lines) {
    /// Of the axis of values.
    enum Scale {
        /// Equal distances for equal differences.
        LINEAR,
        /// Equal distances for equal ratios.
        LOGARITHMIC
    }

    /// A line.
    ///
    /// @param name in the legend
    /// @param colour its number; the same in all charts for the same group of runs
    /// @param track whose steps it is drawn over
    /// @param values mean and deviation at each of them
    record Line(String name, int colour, Track track, Track.Spread values) {}

    boolean isEmpty() {
        return lines.isEmpty();
    }
}
