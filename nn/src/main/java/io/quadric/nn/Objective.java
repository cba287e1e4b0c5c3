package io.quadric.nn;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.layer.Sink;
import io.quadric.nn.layer.StructuralDamping;
import java.io.Serializable;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The objective f at θ on a set of cases, as methods see it: its value, its gradient, products with its curvature
/// matrices, and statistics. All of these are means over the cases, so that the cases can be taken in chunks: a mean
/// over all of them is the mean of the chunks' means, each with its share of the cases.
///
/// A [Linearization] has all cases in one batch and can do more. What needs that asks for it
/// [by name][#undivided(String)].
public interface Objective extends AutoCloseable {
    /// {@return the model}
    Model model();

    /// {@return θ}
    Parameters parameters();

    /// {@return the cases}
    CaseSet batch();

    /// {@return N, the number of cases}
    default int cases() {
        return batch().cases();
    }

    /// {@return the threads and scratch it works with}
    Workspace workspace();

    /// Computes a mean over the cases.
    ///
    /// @param quantity what is computed
    /// @param argument a flat vector that the quantity depends on, empty if there is none
    /// @param draws the random numbers
    /// @param mean overwritten, as long as the quantity [says][Mean#size]
    /// @return the scalar part of the quantity, 0 if it has none
    double mean(Mean quantity, Vector argument, Draws draws, Vector mean);

    /// {@return f(θ)}; NaN or infinite where the network's outputs are.
    double loss();

    /// g ← ∇f(θ)
    ///
    /// @param g overwritten
    void gradient(Vector g);

    /// g ← ∇f(θ), with an observer of the backward pass.
    ///
    /// @param g overwritten
    /// @param observer receives what the pass reports
    /// @return f(θ)
    double gradient(Vector g, Observer observer);

    /// {@return the Gauss-Newton matrix of f}
    CurvatureOperator gaussNewton();

    /// {@return the Gauss-Newton matrix with structural damping}, at the cost of the one without.
    ///
    /// @param damping the term that penalises changes of hidden units
    /// @throws IllegalArgumentException if one of its layers has no hidden units
    SelfAdjointOperator gaussNewton(StructuralDamping damping);

    /// {@return the term of structural damping alone}
    ///
    /// @param damping the term
    /// @throws IllegalArgumentException if one of its layers has no hidden units
    SelfAdjointOperator structural(StructuralDamping damping);

    /// {@return the Hessian of f}
    ///
    /// @param scratch holds what the operator needs as long as it is used: the topmost frame, opened after this object
    CurvatureOperator hessian(Workspace.Frame scratch);

    /// {@return the linearization, for what needs all cases in one batch}
    ///
    /// @param purpose what needs it, with a verb that "no mean over cases" completes
    /// @throws IllegalArgumentException if the cases are in chunks
    default Linearization undivided(String purpose) {
        throw indivisible(purpose);
    }

    /// {@return the refusal of cases in chunks}
    ///
    /// @param purpose what needs them all in one batch, with a verb that "no mean over cases" completes
    static IllegalArgumentException indivisible(String purpose) {
        return new IllegalArgumentException(
                purpose + " no mean over cases and cannot be had in chunks; expected all cases in one batch");
    }

    @Override
    void close();

    /// A quantity that is a mean over cases: a request that can be sent to where the cases are. It holds settings, no
    /// large arrays; those are its argument.
    interface Mean extends Serializable {
        /// {@return how many numbers it has, apart from a scalar}
        ///
        /// @param model whose quantity it is
        int size(Model model);

        /// {@return the element type of these numbers}: usually that of the parameters.
        ///
        /// @param parameters the precision of the parameters
        default Precision precision(Precision parameters) {
            return parameters;
        }

        /// Computes the mean over the cases of a batch, including the L2 penalty where the quantity has one.
        ///
        /// @param at the model at θ, on the batch
        /// @param argument what was given to [Objective#mean]
        /// @param random the random numbers of this batch
        /// @param mean overwritten
        /// @return the scalar part, 0 if there is none
        double compute(Linearization at, Vector argument, RandomGenerator random, Vector mean);
    }

    /// What makes a mean over cases of the reports of a backward pass.
    interface Listener extends Serializable {
        /// {@return how many numbers the mean has}
        ///
        /// @param model whose passes are listened to
        int size(Model model);

        /// Listens to a pass.
        ///
        /// @param at the model at θ, on the batch of the pass
        /// @param mean overwritten by the mean over the cases of the batch
        /// @param pass runs the pass with the sink that it is given
        void listen(Linearization at, Vector mean, Consumer<Sink> pass);
    }

    /// An observer of the backward pass of a gradient.
    interface Observer {
        /// Wants nothing.
        Observer NONE = new Observer() {
            @Override
            public Sink sink() {
                return Sink.NONE;
            }

            @Override
            public Listener listener() {
                return new Deaf();
            }

            @Override
            public void take(Objective at, Vector mean) {
                // there is nothing to take
            }
        };

        /// {@return what receives the reports of the whole batch}
        Sink sink();

        /// {@return what listens to the pass of each chunk}, if there are chunks
        Listener listener();

        /// Takes what the listener has made, in place of what the sink would have received.
        ///
        /// @param at the objective whose gradient it was
        /// @param mean over all cases, valid during the call
        void take(Objective at, Vector mean);
    }

    /// Hears nothing.
    record Deaf() implements Listener {
        @Override
        public int size(Model model) {
            return 0;
        }

        @Override
        public void listen(Linearization at, Vector mean, Consumer<Sink> pass) {
            pass.accept(Sink.NONE);
        }
    }
}
