package io.quadric.verify;

import io.quadric.nn.Batch;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Weights;
import java.util.random.RandomGenerator;

/// Draws lengths and weights for the cases of a subject.
final class RandomCases {
    private static final double LIGHTEST = 0.2;
    private static final double HEAVIEST = 3;

    private RandomCases() {}

    /// The subject with lengths, if its inputs are sequences.
    static Subject withLengths(Subject subject, RandomGenerator random) {
        if (!(subject.model().network().input() instanceof Shape.Sequence sequence)) {
            return subject;
        }
        Batch b = subject.batch();
        Lengths lengths = Lengths.of(random.ints(b.cases(), 1, sequence.length() + 1).toArray());
        return with(subject, new Batch(b.inputs(), b.targets(), lengths, b.weights()));
    }

    /// The subject with weights.
    static Subject withWeights(Subject subject, RandomGenerator random) {
        Batch b = subject.batch();
        Weights weights = Weights.of(random.doubles(b.cases(), LIGHTEST, HEAVIEST).toArray());
        return with(subject, new Batch(b.inputs(), b.targets(), b.lengths(), weights));
    }

    private static Subject with(Subject subject, Batch batch) {
        return new Subject(subject.name(), subject.model(), subject.parameters(), batch);
    }

    /// The subject with lengths and weights where another batch has some.
    static Subject like(Batch other, Subject subject, long seed) {
        RandomGenerator random = RandomData.generator(seed);
        Subject sequences = other.lengths().areFull() ? subject : withLengths(subject, random);
        return other.weights().areEqual() ? sequences : withWeights(sequences, random);
    }
}
