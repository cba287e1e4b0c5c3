package io.quadric.engine.cases;

import io.quadric.linalg.Matrix;
import io.quadric.nn.Batch;
import java.util.Optional;
import java.util.stream.IntStream;

/// Images that are changed at random in the batches of steps, and nowhere else. A case is changed alike in all batches
/// of a step.
///
/// @param whole the images
/// @param augmentation how they are changed
public record AugmentedCases(Cases whole, Augmentation augmentation) implements Cases {
    /// Checks the size of the images.
    ///
    /// @throws IllegalArgumentException if the cases have another one
    public AugmentedCases {
        if (whole.form().inputs() != augmentation.image().size()) {
            throw new IllegalArgumentException("cases of " + whole.form() + " are no " + augmentation.image());
        }
    }

    @Override
    public int cases() {
        return whole.cases();
    }

    @Override
    public CaseForm form() {
        return whole.form();
    }

    @Override
    public double weight() {
        return whole.weight();
    }

    @Override
    public Batch chosen(int[] numbers, BatchRoom room) {
        return whole.chosen(numbers, room);
    }

    @Override
    public Batch rows(int from, int to, BatchRoom room) {
        return whole.rows(from, to, room);
    }

    @Override
    public Batch drawn(Draw draw, int[] numbers, BatchRoom room) {
        Batch batch = whole.drawn(draw, numbers, room.source(whole.form()));
        int[] order = numbers.length == cases() ? IntStream.range(0, cases()).toArray() : numbers;
        Matrix x = room.inputs(order.length);
        for (int i = 0; i < order.length; i++) {
            augmentation.apply(draw.bits(order[i]), batch.inputs(), x, i);
        }
        return batch.with(x, whole.form().reconstructs() ? x : batch.targets());
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public Cases first(int count) {
        return new AugmentedCases(whole.first(count), augmentation);
    }

    /// Another one than that of the images alone, whose runs take other steps.
    @Override
    public Optional<String> knownDigest() {
        Digest digest = new Digest();
        digest.add(augmentation.toString());
        digest.add(Digest.of(whole));
        return Optional.of(digest.hex());
    }
}
