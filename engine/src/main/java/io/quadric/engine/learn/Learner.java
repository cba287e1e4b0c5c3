package io.quadric.engine.learn;

import io.quadric.engine.InputException;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.PreparedTable;
import io.quadric.engine.data.TableRules;
import io.quadric.engine.data.Task;
import io.quadric.engine.model.Origin;
import io.quadric.engine.model.ParameterFiles;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.prepare.Scaling;
import io.quadric.engine.table.Table;
import io.quadric.engine.train.BestParameters;
import io.quadric.engine.train.NetworkPlan;
import io.quadric.engine.train.Problem;
import io.quadric.engine.train.Stop;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingListener;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.engine.train.TrainingResult;
import io.quadric.engine.train.TrainingSetup;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Initializer;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import java.util.List;
import java.util.OptionalDouble;

/// Trains models on tables.
///
/// ```java
/// TrainedModel model = Learner.defaults()
///         .withNetwork(NetworkPlan.hidden(64, 64))
///         .withStop(StopRule.defaults().withPatience(5))
///         .fit(table);
/// ```
///
/// The figures depend on the learner and the table alone, not on the number of threads.
///
/// @param network which network
/// @param method how it is trained
/// @param stop when it ends
/// @param rules how the table is prepared and split
/// @param l2 the L2 penalty η; one by the number of training cases if empty
/// @param precision of all numbers
/// @param seed of batches, first parameters and draws
/// @param threads that work on it
public record Learner(
        NetworkPlan network,
        Method method,
        StopRule stop,
        TableRules rules,
        OptionalDouble l2,
        Precision precision,
        long seed,
        int threads) {
    /// {@return a network sized by the data, the default method, early stopping on a fifth of the cases, a
    /// penalty that falls with their number, FLOAT32, all processors}
    public static Learner defaults() {
        return new Learner(
                NetworkPlan.sized(),
                Method.defaults(),
                StopRule.defaults(),
                TableRules.defaults(),
                OptionalDouble.empty(),
                Precision.FLOAT32,
                1,
                Runtime.getRuntime().availableProcessors());
    }

    /// {@return the same with another network}
    ///
    /// @param plan which network
    public Learner withNetwork(NetworkPlan plan) {
        return new Learner(plan, method, stop, rules, l2, precision, seed, threads);
    }

    /// {@return the same with another method}
    ///
    /// @param other how the network is trained
    public Learner withMethod(Method other) {
        return new Learner(network, other, stop, rules, l2, precision, seed, threads);
    }

    /// {@return the same with another end}
    ///
    /// @param rule when it ends
    public Learner withStop(StopRule rule) {
        return new Learner(network, method, rule, rules, l2, precision, seed, threads);
    }

    /// {@return the same with other rules for the table}
    ///
    /// @param other how the table is prepared and split
    public Learner withRules(TableRules other) {
        return new Learner(network, method, stop, other, l2, precision, seed, threads);
    }

    /// {@return the same with another penalty}
    ///
    /// @param eta the L2 penalty η
    public Learner withL2(double eta) {
        return new Learner(network, method, stop, rules, OptionalDouble.of(eta), precision, seed, threads);
    }

    /// {@return the same in another precision}
    ///
    /// @param other of all numbers
    public Learner withPrecision(Precision other) {
        return new Learner(network, method, stop, rules, l2, other, seed, threads);
    }

    /// {@return the same with another seed}
    ///
    /// @param other of batches, first parameters and draws
    public Learner withSeed(long other) {
        return new Learner(network, method, stop, rules, l2, precision, other, threads);
    }

    /// {@return the same with another number of threads}
    ///
    /// @param count that work on it
    public Learner withThreads(int count) {
        return new Learner(network, method, stop, rules, l2, precision, seed, count);
    }

    /// {@return a model trained on a table, a part of which validates}
    ///
    /// @param table with at least one feature and a target
    /// @throws InputException if the table cannot be prepared, the network does not fit it, or training fails
    public TrainedModel fit(Table table) {
        return fit(table, new Shape.Features(1));
    }

    /// {@return a model trained on a table, a part of which validates}
    ///
    /// @param table with at least one feature and a target
    /// @param row what a row is: an image or a sequence of as many numbers as the table has features; or features, as
    ///     many as there are, whatever number is given
    /// @throws InputException if the table cannot be prepared, the network does not fit it, or training fails
    public TrainedModel fit(Table table, Shape row) {
        return usable(fit(data(prepared(table), row), List.of(), Stop.never()));
    }

    private Dataset data(PreparedTable table, Shape row) {
        Shape features = new Shape.Features(table.preparation().features().width());
        return table.dataset(new Task.Given(), row instanceof Shape.Features ? features : row, precision);
    }

    private static TrainedModel usable(Fit fit) {
        if (fit.result().outcome() instanceof TrainingOutcome.Failed failed && fit.at().step() == 0) {
            throw new InputException("training failed: " + failed.reason());
        }
        return fit.model();
    }

    /// {@return a model that goes on from another one}: with its network, loss, preparation and parameters, trained by
    /// the method of this learner.
    ///
    /// @param model trained before, or imported
    /// @param table with the columns that the model predicts from and its target
    /// @throws InputException if a value cannot be prepared, or training fails at its first step
    public TrainedModel fit(TrainedModel model, Table table) {
        Preparation preparation = model.preparation();
        Table columns = table.only(preparation.schema());
        PreparedTable prepared = prepared(columns).withPreparation(preparation);
        Dataset data = prepared.dataset(new Task.Given(), model.model().network().input(), precision);
        Model same = new Model(
                new Network(data.shape(), model.model().network().layers()), model.model().loss(), penalty(data));
        Parameters first = InputException.unlessRefused(() -> new Parameters(
                same.network().layout(), model.parameters().values().copy(precision)));
        return usable(fit(new Problem(same, data), ParameterFiles.initializer(first), List.of(), Stop.never()));
    }

    /// {@return a table, split and prepared by the rules of this learner}
    ///
    /// @param table with at least one feature and a target
    /// @throws InputException if it cannot be prepared
    public PreparedTable prepared(Table table) {
        return PreparedTable.of("table", table, rules, Scaling.STANDARDISE);
    }

    /// {@return a table with other cases to validate with, prepared by the rules of this learner}
    ///
    /// @param train with at least one feature and a target
    /// @param validation of the same columns
    /// @throws InputException if it cannot be prepared
    public PreparedTable prepared(Table train, Table validation) {
        return PreparedTable.of("table", train, validation, rules, Scaling.STANDARDISE);
    }

    /// Trains a model.
    ///
    /// @param table split and prepared
    /// @param listeners are told how it goes
    /// @param stop may end it; a [io.quadric.engine.train.Cancellation] does so from another thread
    /// @return the model and what the fit came to
    /// @throws InputException if the network does not fit the table, or the method not the network
    public Fit fit(PreparedTable table, List<TrainingListener> listeners, Stop stop) {
        return fit(data(table, new Shape.Features(1)), listeners, stop);
    }

    /// Trains a model on other data.
    ///
    /// @param data cases with targets
    /// @param listeners are told how it goes
    /// @param stop may end it
    /// @return the model and what the fit came to
    /// @throws InputException if the network does not fit the data, or the method not the network
    public Fit fit(Dataset data, List<TrainingListener> listeners, Stop stop) {
        Model model = InputException.unlessRefused(() -> model(data));
        return fit(new Problem(model, data), Initializer.glorot(), listeners, stop);
    }

    private Fit fit(Problem problem, Initializer first, List<TrainingListener> listeners, Stop stop) {
        TrainingPlan plan = method.plan(problem.data().train().cases(), seed);
        TrainingSetup setup = new TrainingSetup(problem, method.optimizer(), plan, first);
        try (Workspace ws = Workspace.withThreads(threads)) {
            Trainer trainer = new Trainer(setup, ws);
            BestParameters best = new BestParameters(trainer, this.stop.patience());
            TrainingResult result = trainer.train(
                    this.stop.schedule(setup.plan().stepsPerEpoch()), listeners, Stop.any(List.of(best, stop)));
            best.offer(trainer.evaluate());
            Origin origin = new Origin(method.recipe(), method.values(), seed);
            TrainedModel trained = TrainedModel.of(
                    setup.problem(), best.parameters(), best.evaluation(), origin, ws);
            return new Fit(trained, best.evaluation(), best.at(), result);
        }
    }

    private Model model(Dataset data) {
        int outputs = data.train().form().targets();
        boolean classes = data.preparation().map(p -> p.target() instanceof ClassTarget).orElse(false)
                || data.task() instanceof Task.Classification;
        Loss loss = classes ? new SoftmaxCrossEntropy() : new SquaredError();
        return new Model(network.network(data.shape(), outputs, data.train().cases()), loss, penalty(data));
    }

    private double penalty(Dataset data) {
        return l2.orElse(1.0 / data.train().cases());
    }
}
