package io.quadric.engine.train;

import io.quadric.engine.InputException;
import io.quadric.engine.data.Dataset;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Model;
import io.quadric.nn.Parameters;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.StepReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Takes the steps of a run.
///
/// ```java
/// Trainer trainer = new Trainer(setup, ws);
/// TrainingResult result = trainer.train(Schedule.epochs(10), List.of());
/// ```
///
/// Its figures depend on the setup alone, not on the number of threads. Seconds are those of gathering batches and of
/// steps, a warm start included; evaluating and the listeners are not counted.
public final class Trainer {
    /// After so many rejected steps in a row a run ends.
    private static final int PATIENCE = 20;

    private final TrainingSetup setup;
    private final Workspace ws;
    private final Evaluator evaluator;
    private final Parameters parameters;
    private final Batches batches;
    private final Evaluation initial;
    private final GradientNorms gradientNorms;
    private final Run run;
    private Progress at;
    private Evaluation last;
    private int rejections;
    private Optional<String> rejection = Optional.empty();
    private boolean undefined;

    /// A new run.
    ///
    /// @param setup what decides its figures
    /// @param ws threads and scratch
    /// @throws InputException if the method cannot train such a model, or the model not on batches of one case
    public Trainer(TrainingSetup setup, Workspace ws) {
        this.setup = setup;
        this.ws = ws;
        requireFeasible(setup, ws);
        evaluator = new Evaluator(setup.judged(), ws);
        parameters = initialParameters(setup);
        batches = batches(setup);
        Evaluation first = evaluator.evaluate(parameters);
        long start = System.nanoTime();
        gradientNorms = new GradientNorms(parameters.layout().slices());
        run = open(setup, parameters, batches.pass(), gradientNorms, ws);
        at = new Progress(0, 0, secondsSince(start));
        initial = run.average().isPresent() ? first.ofAverage(first.trainLoss()) : first;
        last = initial;
    }

    /// Goes on from a snapshot of a run with the same setup.
    ///
    /// @param setup what decides its figures
    /// @param snapshot where it goes on
    /// @param ws threads and scratch
    /// @throws InputException if the snapshot is of another network, precision or method
    public Trainer(TrainingSetup setup, Snapshot snapshot, Workspace ws) {
        this(setup, snapshot, Optional.of(snapshot.state()), ws);
    }

    /// Goes on from a snapshot with other hyper-parameters or by another method; all else is as in [the
    /// snapshot][Snapshot].
    ///
    /// @param setup what decides its figures from here on
    /// @param snapshot where it goes on
    /// @param carried of [#carried]
    /// @param ws threads and scratch
    /// @throws InputException if the snapshot is of another network or precision, or the memory cannot be carried over
    public Trainer(TrainingSetup setup, Snapshot snapshot, CarriedState carried, Workspace ws) {
        this(setup, snapshot, carried.state(), ws);
    }

    private Trainer(TrainingSetup setup, Snapshot snapshot, Optional<State> state, Workspace ws) {
        this.setup = setup;
        this.ws = ws;
        requireFeasible(setup, ws);
        evaluator = new Evaluator(setup.judged(), ws);
        parameters = restored(setup, snapshot);
        batches = batches(setup);
        initial = snapshot.initial();
        gradientNorms = new GradientNorms(parameters.layout().slices());
        run = open(setup, parameters, batches.pass(), gradientNorms, ws);
        at = snapshot.at();
        rejections = snapshot.rejections();
        undefined = snapshot.undefined();
        try {
            state.ifPresent(run::restore);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage());
        }
        last = evaluate();
    }

    /// {@return what of the memory of a run goes on}
    ///
    /// @param before what has decided its figures so far
    /// @param after what does from here on
    /// @param snapshot where it goes on
    /// @param ws threads and scratch
    /// @throws InputException if a method cannot train the model
    public static CarriedState carried(
            TrainingSetup before, TrainingSetup after, Snapshot snapshot, Workspace ws) {
        requireFeasible(before, ws);
        requireFeasible(after, ws);
        State old = open(before, restored(before, snapshot), ws).state();
        State fresh = open(after, restored(after, snapshot), ws).state();
        return CarriedState.of(snapshot.state(), old, fresh);
    }

    private static Parameters initialParameters(TrainingSetup setup) {
        Precision precision = setup.problem().data().precision();
        return setup.problem().model().network()
                .initialize(setup.initializer(), precision, Seeds.PARAMETERS.of(setup.plan().seed(), 0));
    }

    private static Parameters restored(TrainingSetup setup, Snapshot snapshot) {
        Parameters blank = blank(setup);
        if (snapshot.parameters().size() != blank.values().size()
                || snapshot.parameters().precision() != blank.values().precision()) {
            throw new InputException("the snapshot has " + snapshot.parameters() + " as parameters, expected "
                    + blank.values());
        }
        blank.update(values -> values.copyFrom(snapshot.parameters()));
        return blank;
    }

    /// Checks that the method can train the model, without reading the data.
    ///
    /// @param setup what decides the figures of a run
    /// @param ws threads and scratch
    /// @throws InputException if it cannot
    public static void requireTrainable(TrainingSetup setup, Workspace ws) {
        requireFeasible(setup, ws);
        open(setup, blank(setup), ws);
    }

    /// Before anything of the network's size is allocated.
    private static void requireFeasible(TrainingSetup setup, Workspace ws) {
        if (setup.plan().chunking().size() > 0) {
            Model model = setup.problem().model();
            InputException.unlessRefused(() -> {
                setup.plan().chunking().normalization().require(model);
                setup.optimizer().requireDivisible(model);
            });
        }
        RunMemory.require(setup);
        SingleCases.requireAllowed(setup, ws);
    }

    private static Parameters blank(TrainingSetup setup) {
        return Parameters.zeros(
                setup.problem().model().network().layout(), setup.problem().data().precision());
    }

    private static Batches batches(TrainingSetup setup) {
        return new Batches(setup.plan(), setup.problem().data().train(), setup.place());
    }

    private static Run open(TrainingSetup setup, Parameters parameters, Workspace ws) {
        return open(setup, parameters, () -> batches(setup).pass().iterator(), gradient -> {}, ws);
    }

    private static Run open(TrainingSetup setup, Parameters parameters, Iterable<CaseSet> pass,
            Consumer<Vector> gradients, Workspace ws) {
        Model model = setup.problem().model();
        try {
            return setup.optimizer().start(
                    new Start(model, parameters, pass, setup.plan().seed(), ws, gradients));
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage());
        }
    }

    /// {@return what it is trained on and tested with}
    public Dataset data() {
        return setup.problem().data();
    }

    /// {@return θ, which the steps move}
    public Parameters parameters() {
        return parameters;
    }

    /// {@return a copy of all that changes during the run}
    public Snapshot snapshot() {
        return new Snapshot(at, initial, last, parameters.values().copy(), run.state(), rejections, undefined);
    }

    /// Takes steps until the schedule ends the run, its steps are rejected again and again, or the loss is not
    /// finite. A later call goes on where this one ended.
    ///
    /// @param schedule limits and evaluations
    /// @param listeners are told, in this order
    /// @return what the run came to
    public TrainingResult train(Schedule schedule, List<TrainingListener> listeners) {
        return train(schedule, listeners, Stop.never());
    }

    /// As [#train(Schedule, List)], until there is a reason to stop.
    ///
    /// @param schedule limits and evaluations
    /// @param listeners are told, in this order
    /// @param stop asked after every step, before the listeners are told
    /// @return what the run came to
    public TrainingResult train(Schedule schedule, List<TrainingListener> listeners, Stop stop) {
        listeners.forEach(listener -> listener.started(at, last));
        Optional<TrainingOutcome> end = ending(schedule);
        while (end.isEmpty()) {
            gradientNorms.ask(!listeners.isEmpty() && schedule.willEvaluate(at.step() + 1, setup.plan()));
            StepReport report = step();
            boolean over = ending(schedule).isPresent();
            boolean evaluates = over || schedule.evaluatesAt(at.step(), setup.plan());
            Optional<Evaluation> evaluation = evaluates ? Optional.of(evaluate()) : Optional.empty();
            end = ending(schedule);
            StepEvent event = new StepEvent(at, report, evaluation, gradientNorms.last());
            Optional<String> reason = stop.reason(event);
            if (end.isEmpty() && reason.isPresent()) {
                end = Optional.of(stopped(reason.get(), evaluation));
            }
            listeners.forEach(listener -> listener.step(event));
            if (setup.plan().endsEpoch(at.step())) {
                listeners.forEach(listener -> listener.epoch(at));
            }
        }
        TrainingResult result = new TrainingResult(judged(end.get()), at, initial, last);
        listeners.forEach(listener -> listener.finished(result));
        return result;
    }

    private TrainingOutcome stopped(String reason, Optional<Evaluation> evaluation) {
        if (evaluation.isEmpty()) {
            evaluate();
        }
        return new TrainingOutcome.Stopped(reason);
    }

    /// Warm starts are not timed (Ren 2022, §3.7.2).
    private StepReport step() {
        run.prepare();
        long start = System.nanoTime();
        long step = at.step() + 1;
        StepReport report = run.step(batches.step(step));
        rejections = report.moved() ? 0 : rejections + 1;
        rejection = report.outcome() instanceof StepOutcome.Rejected(String reason)
                ? Optional.of(reason)
                : Optional.empty();
        undefined = !report.moved() && !(gradientNorms.heard() && Double.isFinite(report.loss()));
        at = new Progress(step, setup.plan().epochs(step), at.seconds() + secondsSince(start));
        return report;
    }

    /// Evaluates the parameters, or their average if the method keeps one.
    ///
    /// @return how good they are
    public Evaluation evaluate() {
        last = run.average()
                .map(average -> evaluator.evaluate(new Parameters(parameters.layout(), average))
                        .ofAverage(evaluator.trainLoss(parameters)))
                .orElseGet(() -> evaluator.evaluate(parameters));
        return last;
    }

    /// {@return the parameters that are evaluated}: their average if the method keeps one, else θ itself
    public Vector evaluated() {
        return run.average().orElse(parameters.values());
    }

    /// {@return the last evaluation}
    public Evaluation evaluation() {
        return last;
    }

    /// {@return how far the run has come}
    public Progress at() {
        return at;
    }

    private Optional<TrainingOutcome> ending(Schedule schedule) {
        if (!Double.isFinite(last.trainLoss())) {
            return Optional.of(new TrainingOutcome.Failed("the training loss is " + last.trainLoss()));
        }
        if (last.testLoss().isPresent() && !Double.isFinite(last.testLoss().getAsDouble())) {
            return Optional.of(new TrainingOutcome.Failed("the test loss is " + last.testLoss().getAsDouble()));
        }
        if (rejections >= PATIENCE) {
            return Optional.of(stalled());
        }
        return schedule.isOver(at, last) ? Optional.of(new TrainingOutcome.Completed()) : Optional.empty();
    }

    /// Steps that fail because the objective or its gradient is no number do not end at a minimum.
    private TrainingOutcome stalled() {
        String reason = rejection.orElse("so it was when the run was stored");
        return undefined ? new TrainingOutcome.Failed(reason) : new TrainingOutcome.Stalled(reason);
    }

    /// A run that has moved and whose loss has not fallen, alone or with its penalty, has failed, whatever ended it.
    /// One of which every step was undone is where it was, and nothing is below 0.
    private TrainingOutcome judged(TrainingOutcome end) {
        boolean fallen = last.trainLoss() < initial.trainLoss() || last.objective() < initial.objective();
        if (end instanceof TrainingOutcome.Failed || at.step() == 0 || fallen || last.objective() == 0) {
            return end;
        }
        if (rejections == at.step()) {
            return undefined || end instanceof TrainingOutcome.Completed ? stalled() : end;
        }
        String cause = end instanceof TrainingOutcome.Stalled stalled ? ": " + stalled.reason() : "";
        return new TrainingOutcome.Failed(
                "the training loss did not fall, " + initial.trainLoss() + " → " + last.trainLoss() + cause);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) * 1e-9;
    }
}
