package io.quadric.engine.experiment;

import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.engine.experiment.Tuning.Candidate;
import io.quadric.engine.experiment.Tuning.End;
import io.quadric.engine.report.Text;
import io.quadric.engine.train.Cancellation;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.Snapshot;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.engine.train.TrainingResult;
import io.quadric.engine.train.TrainingSetup;
import io.quadric.linalg.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Successive halving over the hyper-parameters of a method. All candidates begin at the same parameters and see the
/// same batches; they are compared by the training loss of the same cases after equally many updates, so that the
/// result depends on the setup alone, neither on clocks nor on the number of threads.
///
/// @param space what is searched
/// @param setup problem, batches and first parameters; how it is evaluated is the search's own
/// @param plan how many updates
/// @param ws threads and scratch
/// @param memory bytes that candidates may take while they wait for the next rung; those for which there is no room
///     begin anew, which comes to the same figures
public record Halving(SearchSpace space, TrainingSetup setup, HalvingPlan plan, Workspace ws, long memory) {
    /// Cases by which candidates are compared, at most.
    private static final int JUDGED_CASES = 2000;

    private static final int HEAP_SHARE = 4;

    /// With a quarter of the heap.
    ///
    /// @param space what is searched
    /// @param setup problem, batches and first parameters
    /// @param plan how many updates
    /// @param ws threads and scratch
    public Halving(SearchSpace space, TrainingSetup setup, HalvingPlan plan, Workspace ws) {
        this(space, setup, plan, ws, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    /// A candidate on its way.
    private static final class Racer {
        private final Map<String, String> values;
        private final TrainingSetup setup;
        private final List<Double> losses = new ArrayList<>();
        private Optional<Snapshot> waiting = Optional.empty();
        private End end = new End.Best();

        Racer(Map<String, String> values, TrainingSetup setup) {
            this.values = values;
            this.setup = setup;
        }

        boolean isIn() {
            return end instanceof End.Best;
        }

        double loss() {
            return losses.getLast();
        }

        Candidate candidate() {
            return new Candidate(values, losses, end);
        }
    }

    /// {@return what the search came to}; empty if it was cancelled
    ///
    /// @param cancellation ends the search after the update at hand
    /// @param progress is told of each rung
    public Optional<Tuning> search(Cancellation cancellation, Consumer<String> progress) {
        TrainingSetup judged = setup.judgedOn(JUDGED_CASES);
        List<Racer> racers = new ArrayList<>();
        OptimizerSpec method = space.method();
        for (Map<String, String> values : space.candidates(plan.candidates(), setup.plan().seed())) {
            racers.add(new Racer(values, judged.by(method.changed(method.recipe(), values).optimizer())));
        }
        double initial = Double.NaN;
        List<Racer> in = racers;
        List<HalvingPlan.Rung> rungs = plan.rungs();
        for (int k = 0; k < rungs.size() && !in.isEmpty(); k++) {
            int goOn = Math.ceilDiv(rungs.get(k).candidates(), 2);
            List<Racer> ranked = new ArrayList<>();
            for (Racer racer : in) {
                TrainingResult result = race(racer, rungs.get(k).updates(), k + 1, cancellation);
                if (cancellation.isRequested()) {
                    return Optional.empty();
                }
                initial = result.initial().trainLoss();
                rank(racer, goOn, ranked);
            }
            ranked.stream().skip(goOn).forEach(behind(k + 1));
            progress.accept(told(k, in.size(), ranked));
            in = racers.stream().filter(ranked.subList(0, Math.min(goOn, ranked.size()))::contains).toList();
        }
        return Optional.of(new Tuning(plan, initial, racers.stream().map(Racer::candidate).toList()));
    }

    private static Consumer<Racer> behind(int rung) {
        return racer -> racer.end = new End.Behind(rung);
    }

    /// From where it waits, or from the beginning, to a number of updates.
    private TrainingResult race(Racer racer, long updates, int rung, Cancellation cancellation) {
        Trainer trainer = racer.waiting
                .map(snapshot -> new Trainer(racer.setup, snapshot, ws))
                .orElseGet(() -> new Trainer(racer.setup, ws));
        Schedule schedule = Schedule.steps(updates).withEvaluateEvery(Long.MAX_VALUE);
        TrainingResult result = trainer.train(schedule, List.of(), cancellation);
        racer.losses.add(result.last().trainLoss());
        failure(result.outcome(), trainer).ifPresent(reason -> racer.end = new End.Failed(rung, reason));
        boolean waits = racer.isIn() && mostWaiting(racer.setup) > 0;
        racer.waiting = waits ? Optional.of(trainer.snapshot()) : Optional.empty();
        return result;
    }

    private static Optional<String> failure(TrainingOutcome outcome, Trainer trainer) {
        return switch (outcome) {
            case TrainingOutcome.Failed failed -> Optional.of(failed.reason());
            case TrainingOutcome.Stalled stalled -> Optional.of("no further progress: " + stalled.reason());
            case TrainingOutcome.Completed completed -> unlessFinite(trainer);
            case TrainingOutcome.Stopped stopped -> unlessFinite(trainer);
        };
    }

    private static Optional<String> unlessFinite(Trainer trainer) {
        boolean finite = Double.isFinite(trainer.parameters().values().norm());
        return finite ? Optional.empty() : Optional.of("the parameters are not finite");
    }

    /// By loss, of equal ones the first drawn. Only those that may go on are kept in memory.
    private void rank(Racer racer, int goOn, List<Racer> ranked) {
        if (!racer.isIn()) {
            return;
        }
        ranked.add(racer);
        ranked.sort(Comparator.comparingDouble(Racer::loss));
        ranked.stream()
                .skip(Math.min(goOn, mostWaiting(racer.setup)))
                .forEach(other -> other.waiting = Optional.empty());
    }

    private long mostWaiting(TrainingSetup setup) {
        long parameters = setup.problem().model().network().layout().size();
        long numbers = parameters + setup.optimizer()
                .memory(setup.problem().model().network().layout())
                .orElse(2 * parameters);
        long bytes = numbers * setup.problem().data().precision().bytes();
        return memory / bytes;
    }

    private String told(int k, int before, List<Racer> ranked) {
        HalvingPlan.Rung rung = plan.rungs().get(k);
        return "search " + (k + 1) + "/" + plan.rungs().size() + ": " + before
                + (before == 1 ? " candidate, " : " candidates, ") + rung.updates()
                + (rung.updates() == 1 ? " update each, " : " updates each, ")
                + ranked.stream().findFirst()
                        .map(best -> "best " + Grid.text(best.values) + " with a loss of "
                                + Text.number(best.loss()))
                        .orElse("all failed");
    }
}
