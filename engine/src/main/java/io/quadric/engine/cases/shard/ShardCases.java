package io.quadric.engine.cases.shard;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.BatchRoom;
import io.quadric.engine.cases.CaseForm;
import io.quadric.engine.cases.Cases;
import io.quadric.linalg.Matrix;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Cases in shards, of which only the batches that are asked for are in memory.
final class ShardCases implements Cases {
    private final List<Shard> shards;
    /// The place of each shard's first case, and N.
    private final int[] starts;
    private final RecordLayout layout;
    private final CaseForm form;
    private final int cases;
    private final double weight;
    private final Optional<String> digest;

    /// All cases of a part.
    ///
    /// @param folder of the files
    /// @param part what the manifest says of them
    /// @param layout of their records
    /// @param form that is wanted
    ShardCases(Path folder, ShardPart part, RecordLayout layout, CaseForm form) {
        this.layout = layout;
        this.form = form;
        shards = new ArrayList<>();
        starts = new int[part.shards().size() + 1];
        for (int i = 0; i < part.shards().size(); i++) {
            shards.add(Shard.open(folder, part.shards().get(i), layout, starts[i]));
            starts[i + 1] = starts[i] + shards.get(i).cases();
        }
        cases = part.cases();
        weight = part.weight();
        boolean known = form.equals(layout.form()) && !part.digest().isEmpty();
        digest = known ? Optional.of(part.digest()) : Optional.empty();
    }

    private ShardCases(ShardCases whole, int cases) {
        shards = whole.shards;
        starts = whole.starts;
        layout = whole.layout;
        form = whole.form;
        this.cases = cases;
        weight = whole.summed(cases);
        digest = Optional.empty();
    }

    @Override
    public int cases() {
        return cases;
    }

    @Override
    public CaseForm form() {
        return form;
    }

    @Override
    public double weight() {
        return weight;
    }

    @Override
    public Optional<String> knownDigest() {
        return digest;
    }

    /// The sum of the weights of the first cases, read from the files, with the rounding of
    /// [io.quadric.nn.layer.Weights#sum].
    double summed(int count) {
        return layout.weights()
                ? count * IntStream.range(0, count).mapToDouble(this::weight).average().orElse(1)
                : count;
    }

    private double weight(int number) {
        int shard = shard(number);
        return shards.get(shard).weight(number - starts[shard]);
    }

    private int shard(int number) {
        int found = Arrays.binarySearch(starts, number);
        return found >= 0 ? found : -found - 2;
    }

    @Override
    public Batch chosen(int[] numbers, BatchRoom room) {
        Matrix x = room.inputs(numbers.length);
        Matrix t = room.targets(numbers.length);
        int[] lengths = new int[layout.lengths() ? numbers.length : 0];
        double[] weights = new double[layout.weights() ? numbers.length : 0];
        for (int i = 0; i < numbers.length; i++) {
            int shard = shard(numbers[i]);
            int record = numbers[i] - starts[shard];
            shards.get(shard).read(record, i, form, x, t);
            if (layout.lengths()) {
                lengths[i] = shards.get(shard).length(record);
            }
            if (layout.weights()) {
                weights[i] = shards.get(shard).weight(record);
            }
        }
        return InputException.unlessRefused(() -> new Batch(
                x, t,
                layout.lengths() ? Lengths.of(lengths) : Lengths.FULL,
                layout.weights() ? Weights.of(weights) : Weights.EQUAL));
    }

    @Override
    public Batch rows(int from, int to, BatchRoom room) {
        return chosen(IntStream.range(from, to).toArray(), room);
    }

    @Override
    public Cases first(int count) {
        return count == cases ? this : new ShardCases(this, count);
    }
}
