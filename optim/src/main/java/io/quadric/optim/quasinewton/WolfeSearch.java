package io.quadric.optim.quasinewton;

import java.util.function.DoubleFunction;

/// A search along a line for a point that satisfies the strong Wolfe conditions (Nocedal & Wright 2006, Algorithms 3.5
/// and 3.6): points further and further out until an interval is known to hold one, which is then cut at the minimiser
/// of a cubic.
final class WolfeSearch {
    private static final double GROWTH = 4;
    private static final double MARGIN = 0.1;
    /// By how much of its size f may seem to rise by rounding (Hager & Zhang 2005, §4 and §5).
    private static final double ROUNDING = 1e-6;

    private final Lbfgs config;
    private final Point origin;
    private final DoubleFunction<Point> line;
    private int trials;
    private double last;

    /// Where a search has been.
    ///
    /// @param alpha α
    /// @param value f(θ + αp)
    /// @param slope its derivative by α
    record Point(double alpha, double value, double slope) {
        boolean isFinite() {
            return Double.isFinite(value) && Double.isFinite(slope);
        }
    }

    /// @param origin α = 0, with a slope below 0
    /// @param line f along the line
    WolfeSearch(Lbfgs config, Point origin, DoubleFunction<Point> line) {
        this.config = config;
        this.origin = origin;
        this.line = line;
    }

    /// The number of points tried.
    int trials() {
        return trials;
    }

    /// The point tried last.
    double last() {
        return last;
    }

    /// An α that satisfies the conditions, or the first one at least, or 0 if there is none.
    double run() {
        Point low = origin;
        double alpha = 1;
        while (trials < config.trials()) {
            Point here = at(alpha);
            if (!isLower(here) || low != origin && here.value() >= low.value()) {
                return cut(low, here);
            }
            if (isFlat(here)) {
                return alpha;
            }
            if (here.slope() >= 0) {
                return cut(here, low);
            }
            low = here;
            alpha *= GROWTH;
        }
        return low.alpha();
    }

    private Point at(double alpha) {
        trials++;
        last = alpha;
        return line.apply(alpha);
    }

    /// The first condition, exactly or as far as rounding lets it be seen.
    private boolean isLower(Point here) {
        double c = config.sufficientDecrease();
        boolean clearly = here.value() <= origin.value() + c * here.alpha() * origin.slope();
        boolean asFarAsSeen = here.value() <= origin.value() + ROUNDING * Math.abs(origin.value())
                && here.slope() <= (2 * c - 1) * origin.slope();
        return here.isFinite() && (clearly || asFarAsSeen);
    }

    /// The second condition.
    private boolean isFlat(Point here) {
        return Math.abs(here.slope()) <= -config.slopeDecrease() * origin.slope();
    }

    /// Searches between two points, the lower of which satisfies the first condition and falls towards the other.
    private double cut(Point lower, Point other) {
        Point low = lower;
        Point high = other;
        while (trials < config.trials()) {
            Point here = at(between(low, high));
            if (!isLower(here) || here.value() >= low.value() && low != origin) {
                high = here;
            } else if (isFlat(here)) {
                return here.alpha();
            } else {
                if (here.slope() * (high.alpha() - low.alpha()) >= 0) {
                    high = low;
                }
                low = here;
            }
        }
        return low.alpha();
    }

    /// The minimiser of the cubic through both points (Nocedal & Wright 2006, (3.59)), away from the ends.
    private static double between(Point low, Point high) {
        double width = high.alpha() - low.alpha();
        double share = 0.5;
        if (high.isFinite()) {
            double d1 = low.slope() + high.slope() - 3 * (low.value() - high.value()) / -width;
            double root = Math.sqrt(d1 * d1 - low.slope() * high.slope()) * Math.signum(width);
            double at = 1 - (high.slope() + root - d1) / (high.slope() - low.slope() + 2 * root);
            share = Double.isNaN(at) ? share : Math.clamp(at, MARGIN, 1 - MARGIN);
        }
        return low.alpha() + share * width;
    }
}
