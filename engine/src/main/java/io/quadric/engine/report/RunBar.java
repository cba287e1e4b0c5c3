package io.quadric.engine.report;

import io.quadric.engine.train.Progress;
import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/// The last line of a terminal while a run goes on: how much of it is done, the rate, the time so far and in all.
///
/// The library would draw at times of its own; here it draws when it is told to, so that lines and bar do not mix.
final class RunBar implements ProgressBarConsumer {
    private static final int WIDTH = 79;

    private final PrintWriter out;
    private final Extent extent;
    private final ProgressBar bar;
    private boolean draws;
    private int drawn;

    RunBar(PrintWriter out, Extent extent, Progress from) {
        this.out = out;
        this.extent = extent;
        bar = new ProgressBarBuilder()
                .setConsumer(this)
                .setUpdateIntervalMillis(Integer.MAX_VALUE)
                .setMaxRenderedLength(WIDTH)
                .setStyle(ProgressBarStyle.ASCII)
                .setTaskName("")
                .setInitialMax(extent.most())
                .setUnit(extent.unit(), 1)
                .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .startsFrom(extent.position().applyAsLong(from), Duration.ZERO)
                .build();
    }

    /// Draws it anew.
    ///
    /// @param beside a few words at its end
    void show(Progress at, String beside) {
        bar.stepTo(extent.position().applyAsLong(at)).setExtraMessage("  " + beside);
        draw(true);
        bar.refresh();
        draw(false);
    }

    private synchronized void draw(boolean on) {
        draws = on;
    }

    /// Leaves the line empty.
    @Override
    public void clear() {
        if (drawn > 0) {
            out.print("\r" + " ".repeat(drawn) + "\r");
            out.flush();
            drawn = 0;
        }
    }

    void end() {
        clear();
        bar.close();
    }

    @Override
    public int getMaxRenderedLength() {
        return WIDTH;
    }

    @Override
    public synchronized void accept(String line) {
        if (draws) {
            out.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
            out.flush();
            drawn = Math.max(drawn, line.length());
        }
    }

    @Override
    public void close() {}
}
