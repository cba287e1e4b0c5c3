package io.quadric.linalg.internal.kernel;

/// Rows that become columns of panels. There is one object for each packing, so that a call passes three numbers only.
public final class DoubleTransposition {
    /// Where the rows are.
    public final /*E*/double[] rows;

    /// Elements between the beginnings of two rows.
    public final int stride;

    /// Where the panels are.
    public final /*E*/double[] panels;

    /// Elements of a row of a panel.
    public final int width;

    public DoubleTransposition(/*E*/double[] rows, int stride, /*E*/double[] panels, int width) {
        this.rows = rows;
        this.stride = stride;
        this.panels = panels;
        this.width = width;
    }
}
