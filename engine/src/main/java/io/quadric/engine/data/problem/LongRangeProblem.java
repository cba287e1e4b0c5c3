package io.quadric.engine.data.problem;

import io.quadric.engine.metric.Criterion;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.registry.Named;
import java.util.random.RandomGenerator;

/// A made-up problem whose answer depends on inputs far back in a sequence: the problems of Hochreiter & Schmidhuber
/// (1997) and Jaeger (2012) as Martens & Sutskever (2011) posed them to Hessian-free optimisation. All sequences of a
/// data set have one length; there, lengths were drawn between T and 1.1 T.
///
/// A problem counts as solved when less than 1 % of the test sequences are wrong. The registered ones are in
/// [io.quadric.engine.data.DataSources#PROBLEMS].
public interface LongRangeProblem extends Named {
    /// {@return the least number of time steps that the problem makes sense for}
    int shortest();

    /// {@return inputs of a time step}
    int features();

    /// {@return outputs, of a time step or at the end}
    int outputs();

    /// {@return whether the answer is given in every time step or at the end}
    SequenceOutput output();

    /// {@return the loss of an answer}
    Loss loss();

    /// {@return when an answer is right}
    ///
    /// @param length time steps
    Criterion criterion(int length);

    /// Draws a case.
    ///
    /// @param random the source of the draws
    /// @param input zeros, time step by time step; overwritten
    /// @param target zeros; overwritten
    void draw(RandomGenerator random, double[] input, double[] target);
}
