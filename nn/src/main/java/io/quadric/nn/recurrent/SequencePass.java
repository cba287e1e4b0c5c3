package io.quadric.nn.recurrent;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.HiddenUnits;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.SecondOrderPass;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import io.quadric.nn.layer.StackedGradients;
import io.quadric.nn.layer.StructuralDamping;
import java.util.Optional;

/// The passes of every recurrent layer, segment by segment.
///
/// The segments are the same whatever is remembered, so that sums are formed in the same order and the results are
/// equal to the last bit.
final class SequencePass implements LayerPass {
    private final Unrolled unrolled;
    private final Segments segments;
    private final SequenceOutput output;
    private final StateMemory memory;
    private final Tape.Extent extent;
    private final int features;
    private final TapeStore activations;
    private final Matrix x;

    /// @param cell what happens within a time step
    /// @param site where the layer is opened, on a sequence
    /// @param layer what leaves it and what is remembered
    /// @param x the inputs
    SequencePass(Cell cell, LayerSite site, CellLayer layer, Matrix x) {
        Shape.Sequence input = (Shape.Sequence) site.input();
        this.unrolled = new Unrolled(cell, cell.sizes(), site.blocks().get(0), site.blocks().get(1), site.parameters());
        this.segments = new Segments(input.length());
        this.output = layer.output();
        this.memory = layer.memory();
        this.x = x;
        this.extent = new Tape.Extent(site.precision(), site.cases(), 1, input.length(), 0, input.length());
        this.features = input.features();
        this.activations = store(this::activationTape, memory, site.frame());
    }

    private TapeStore store(TapeStore.Maker maker, StateMemory how, Workspace.Frame frame) {
        Matrix boundaries = extent.matrix(segments.count() * sizes().state(), frame);
        return new TapeStore(maker, how, boundaries, segments.count(), frame);
    }

    private Tape activationTape(int s, Workspace.Frame frame) {
        return Tape.ofActivations(sizes(), extent(s), frame);
    }

    Tape derivativeTape(int s, Workspace.Frame frame) {
        return Tape.ofDerivatives(sizes(), extent(s), frame);
    }

    /// A store for what is derived from the activations and read again later.
    TapeStore derivatives(Workspace.Frame frame) {
        return store(this::derivativeTape, memory, frame);
    }

    /// A store for what is derived from the activations and used at once.
    private TapeStore passing(Workspace.Frame scratch) {
        return store(this::derivativeTape, StateMemory.CHECKPOINTS, scratch);
    }

    /// The forward pass, after which this object is a layer at its point.
    SequencePass forward(Matrix y, Workspace ws) {
        Outlet outlet = only(y);
        unrolled.cell().initial(unrolled.parameters(), activations.boundary(0));
        for (int s = 0; s < segments.count(); s++) {
            try (var scratch = ws.open()) {
                Tape a = activations.tape(s, scratch);
                fill(s, a, scratch);
                leaveForwards(s, a, activations);
                take(a, outlet);
            }
        }
        return this;
    }

    private void fill(int s, Tape a, Workspace.Frame scratch) {
        a.state(0).copyFrom(activations.boundary(s));
        unrolled.forward(steps(x, s, scratch), a, scratch.workspace());
    }

    private void leaveForwards(int s, Tape tape, TapeStore store) {
        if (!segments.isLast(s)) {
            store.boundary(s + 1).copyFrom(tape.state(tape.steps()));
        }
    }

    private Outlet only(Matrix y) {
        return new Outlet(y, none(), false);
    }

    /// Where hidden units, or their tangents, go.
    ///
    /// @param y overwritten with the hidden units that leave the layer
    /// @param h overwritten with the hidden units of every time step; empty if not wanted
    /// @param arguments whether h takes the arguments instead
    record Outlet(Matrix y, Matrix h, boolean arguments) {}

    private void take(Tape tape, Outlet outlet) {
        takeOutputs(tape, outlet.y());
        if (!outlet.h().isEmpty()) {
            Matrix h = tape.extent().columns(outlet.h(), sizes().units());
            if (outlet.arguments()) {
                h.copyFrom(tape.allArguments());
            } else {
                tape.copyHidden(1, h);
            }
        }
    }

    /// What leaves the layer of the hidden units on a tape, or of their tangents.
    void takeOutputs(Tape tape, Matrix y) {
        if (output == SequenceOutput.ALL) {
            tape.copyHidden(1, tape.extent().columns(y, sizes().units()));
        } else {
            tape.copyLast(y);
        }
    }

    /// The activations of segment s, computed again unless they are remembered.
    Tape activations(int s, Workspace.Frame scratch) {
        Tape a = activations.tape(s, scratch);
        if (!activations.keeps()) {
            fill(s, a, scratch);
        }
        return a;
    }

    @Override
    public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
        try (var scratch = ws.open()) {
            tangents(v, rx, only(ry), passing(scratch), ws);
        }
    }

    private void tangents(Vector v, Matrix rx, Outlet outlet, TapeStore store, Workspace ws) {
        unrolled.cell().initial(v, store.boundary(0));
        for (int s = 0; s < segments.count(); s++) {
            try (var scratch = ws.open()) {
                Tape a = activations(s, scratch);
                Tape r = store.tape(s, scratch);
                fillTangents(v, s, a, r, new Tangents(rx, store, scratch));
                leaveForwards(s, r, store);
                take(r, outlet);
            }
        }
    }

    /// Where tangents come from.
    ///
    /// @param rx of the inputs; empty for zero
    /// @param store has their first states
    /// @param scratch for the segment
    record Tangents(Matrix rx, TapeStore store, Workspace.Frame scratch) {}

    void fillTangents(Vector v, int s, Tape a, Tape r, Tangents from) {
        r.state(0).copyFrom(from.store().boundary(s));
        Matrix rx = from.rx().isEmpty() ? from.rx() : steps(from.rx(), s, from.scratch());
        Unrolled.Inputs inputs = new Unrolled.Inputs(steps(x, s, from.scratch()), rx);
        unrolled.tangent(v, inputs, a, r, from.scratch().workspace());
    }

    @Override
    public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
        try (var scratch = ws.open()) {
            cotangents(arrival(dy), dx, sink, passing(scratch), ws);
        }
    }

    @Override
    public void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
        new SequenceDirections(this, v.rows()).jvp(v, rx, ry, ws);
    }

    @Override
    public void backward(Matrix dy, Matrix dx, StackedGradients gradients, Workspace ws) {
        new SequenceDirections(this, gradients.directions()).backward(dy, dx, gradients, ws);
    }

    @Override
    public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
        TapeStore cotangents = derivatives(frame);
        cotangents(arrival(dy), dx, Sink.NONE, cotangents, frame.workspace());
        return (v, rx, ry, scratch) -> {
            TapeStore tangents = derivatives(scratch);
            tangents(v, rx, only(ry), tangents, scratch.workspace());
            return new SequenceReturn(this, dy, cotangents, v, rx, tangents);
        };
    }

    /// The backward pass; the store receives the cotangents.
    private void cotangents(HiddenUnits.Arrival dy, Matrix dx, Sink sink, TapeStore store, Workspace ws) {
        try (var scratch = ws.open()) {
            store.boundary(segments.count() - 1).fill(0);
            Matrix sums = sums(scratch);
            StepReports reports = new StepReports(unrolled, sink, extent, scratch);
            for (int s = segments.count() - 1; s >= 0; s--) {
                backwardSegment(s, new Cotangents(dy, dx, sums, store), reports, ws);
            }
            reports.finish(x, ws);
        }
    }

    /// @param dy what arrives at the outputs
    /// @param dx overwritten; empty if not wanted
    /// @param sums of the cell's own parameters
    /// @param store receives the cotangents
    private record Cotangents(HiddenUnits.Arrival dy, Matrix dx, Matrix sums, TapeStore store) {}

    private void backwardSegment(int s, Cotangents to, StepReports reports, Workspace ws) {
        try (var scratch = ws.open()) {
            Tape a = activations(s, scratch);
            Tape d = to.store().tape(s, scratch);
            d.state(d.steps()).copyFrom(to.store().boundary(s));
            unrolled.backward(a, d, arriving(to.dy(), d.extent(), scratch), to.sums(), ws);
            if (!to.dx().isEmpty()) {
                Matrix dx = stepScratch(s, scratch);
                unrolled.inputCotangents(d, dx, ws);
                leaveBackwards(s, dx, to.dx());
            }
            if (reports.areWanted()) {
                reports.add(segments.from(s), steps(x, s, scratch), a, d, ws);
            }
            if (s == 0) {
                unrolled.cell().report(d.state(0), to.sums(), reports.sink(), ws);
            } else {
                to.store().boundary(s - 1).copyFrom(d.state(0));
            }
        }
    }

    /// Fills a tape of cotangents again.
    void refillCotangents(Tape a, Tape d, Matrix dy, Workspace.Frame scratch) {
        unrolled.backward(a, d, arriving(dy, d.extent(), scratch), none(), scratch.workspace());
    }

    private HiddenUnits.Arrival arrival(Matrix dy) {
        return new HiddenUnits.Arrival(dy, none());
    }

    /// What arrives at the hidden units of a segment from outside, k · units columns; empty for nothing.
    Matrix arriving(Matrix dy, Tape.Extent segment, Workspace.Frame scratch) {
        return arriving(arrival(dy), segment, scratch);
    }

    private Matrix arriving(HiddenUnits.Arrival at, Tape.Extent segment, Workspace.Frame scratch) {
        int units = sizes().units();
        boolean all = output == SequenceOutput.ALL;
        boolean someEnd = segment.isLast() || !segment.cases().lengths().areFull();
        if (at.dh().isEmpty() && (all || !someEnd)) {
            return all ? segment.columns(at.dy(), units) : none();
        }
        Matrix sum = segment.matrix(segment.steps() * units, scratch).fill(0);
        if (!at.dh().isEmpty()) {
            sum.copyFrom(segment.columns(at.dh(), units));
        }
        if (all) {
            sum.axpby(1, segment.columns(at.dy(), units), 1);
        } else if (segment.cases().lengths().areFull() && segment.isLast()) {
            sum.columns(sum.columns() - units, sum.columns()).axpby(1, at.dy(), 1);
        } else {
            addWhereCasesEnd(at.dy(), segment, sum);
        }
        return sum;
    }

    private void addWhereCasesEnd(Matrix dy, Tape.Extent segment, Matrix sum) {
        int units = sizes().units();
        for (int r = 0; r < sum.rows() && !segment.cases().lengths().areFull(); r++) {
            int last = segment.last(r);
            if (last > 0) {
                sum.row(r).slice((last - 1) * units, last * units).axpy(1, dy.row(r));
            }
        }
    }

    @Override
    public Optional<HiddenUnits> hiddenUnits(StructuralDamping.Distance distance) {
        boolean arguments = distance == StructuralDamping.Distance.CROSS_ENTROPY && unrolled.cell().hasLogisticUnits();
        return Optional.of(new AllStates(arguments));
    }

    /// The hidden units of every time step.
    private final class AllStates implements HiddenUnits {
        private final boolean arguments;

        AllStates(boolean arguments) {
            this.arguments = arguments;
        }

        @Override
        public int columns() {
            return segments.length() * sizes().units();
        }

        @Override
        public void rootCurvature(Matrix root, Workspace ws) {
            if (!arguments) {
                root.fill(1);
                return;
            }
            for (int s = 0; s < segments.count(); s++) {
                try (var scratch = ws.open()) {
                    activations(s, scratch).copyHidden(1, extent(s).columns(root, sizes().units()));
                }
            }
            Elementwise.map(StructuralDamping.Distance.CROSS_ENTROPY::rootCurvature, root, root, ws);
        }

        @Override
        public void jvp(Vector v, Matrix rx, Matrix ry, Matrix curved, Workspace ws) {
            try (var scratch = ws.open()) {
                tangents(v, rx, new Outlet(ry, curved, arguments), passing(scratch), ws);
            }
        }

        @Override
        public void backward(HiddenUnits.Arrival at, Matrix dx, Sink sink, Workspace ws) {
            try (var scratch = ws.open()) {
                cotangents(at, dx, sink, passing(scratch), ws);
            }
        }
    }

    /// The segment's part of inputs, one row per case and step.
    Matrix steps(Matrix rows, int s, Workspace.Frame scratch) {
        Matrix copy = stepScratch(s, scratch);
        copy.reshape(extent.rows(), segments.steps(s) * features).copyFrom(extent(s).columns(rows, features));
        return copy;
    }

    /// Scratch for inputs of a segment, one row per case and step.
    Matrix stepScratch(int s, Workspace.Frame scratch) {
        return extent.matrix(segments.steps(s) * features, scratch)
                .reshape(extent.rows() * segments.steps(s), features);
    }

    void leaveBackwards(int s, Matrix stepRows, Matrix dx) {
        Matrix part = extent(s).columns(dx, features);
        part.copyFrom(stepRows.reshape(part.rows(), part.columns()));
    }

    /// Zeros for the sums of the cell's own parameters.
    Matrix sums(Workspace.Frame scratch) {
        return extent.matrix(sizes().sums(), scratch).fill(0);
    }

    private Matrix none() {
        return Matrix.empty(extent.precision());
    }

    Matrix inputs() {
        return x;
    }

    Unrolled unrolled() {
        return unrolled;
    }

    Segments segments() {
        return segments;
    }

    Tape.Extent extent() {
        return extent;
    }

    /// Of segment s.
    Tape.Extent extent(int s) {
        return extent.of(segments.from(s), segments.steps(s));
    }

    private Cell.Sizes sizes() {
        return unrolled.sizes();
    }
}
