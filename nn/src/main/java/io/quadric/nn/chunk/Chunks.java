package io.quadric.nn.chunk;

import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;
import io.quadric.nn.Parameters;
import java.util.Optional;
import java.util.stream.IntStream;

/// Cases that are taken chunk by chunk, one after the other. Every pass over a chunk needs its activations: they are
/// kept as long as the parameters stay where they are, for as many chunks as fit into a budget of memory, and computed
/// anew for the others.
///
/// @param source the chunks
/// @param budget bytes of scratch for activations that are kept
/// @param normalization what layers that normalise by the batch take for it
public record Chunks(ChunkSource source, long budget, ChunkNormalization normalization) implements CaseSet {
    /// For models without layers that normalise by the batch.
    ///
    /// @param source the chunks
    /// @param budget bytes of scratch for activations that are kept
    public Chunks(ChunkSource source, long budget) {
        this(source, budget, ChunkNormalization.REFUSED);
    }

    /// {@return a batch in chunks whose sizes differ by one case at most}; the batch itself if it is one chunk
    ///
    /// @param batch the cases
    /// @param size the most cases of a chunk
    /// @param budget bytes of scratch for activations that are kept
    /// @throws IllegalArgumentException if the size is below 1
    public static CaseSet of(Batch batch, int size, long budget) {
        int count = count(batch.cases(), size);
        if (count == 1) {
            return batch;
        }
        return new Chunks(ChunkSource.of(IntStream.range(0, count)
                .mapToObj(c -> batch.rows(first(batch.cases(), count, c), first(batch.cases(), count, c + 1)))
                .toList()), budget);
    }

    /// {@return how many chunks so many cases have}
    ///
    /// @param cases the cases
    /// @param size the most cases of a chunk
    /// @throws IllegalArgumentException if the size is below 1
    public static int count(int cases, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("the chunk size is " + size + ", expected at least 1");
        }
        return Math.ceilDiv(cases, size);
    }

    /// {@return the first case of a chunk}; that of the chunk after the last one is the number of cases.
    ///
    /// @param cases the cases
    /// @param count the number of chunks
    /// @param chunk its number, from 0
    public static int first(int cases, int count, int chunk) {
        return (int) ((long) chunk * cases / count);
    }

    /// {@return these chunks with another rule for layers that normalise by the batch}
    ///
    /// @param rule the rule
    public Chunks normalizing(ChunkNormalization rule) {
        return new Chunks(source, budget, rule);
    }

    @Override
    public int cases() {
        return IntStream.range(0, source.count()).map(source::cases).sum();
    }

    @Override
    public double weight() {
        return IntStream.range(0, source.count()).mapToDouble(source::weight).sum();
    }

    @Override
    public Objective at(Model model, Parameters parameters, Workspace ws) {
        normalization.require(model);
        return new ChunkedObjective(
                this, model, parameters, ws, new LocalExecutor(this, model, parameters, ws));
    }

    @Override
    public CaseSet first(int cases) {
        int count = 1;
        for (int seen = source.cases(0); seen < cases; count++) {
            seen += source.cases(count);
        }
        return new Chunks(new ChunkSource.Leading(source, count), budget, normalization);
    }

    @Override
    public Optional<String> notFinite(Model model, Workspace ws) {
        for (int c = 0; c < source.count(); c++) {
            try (var frame = ws.open()) {
                Optional<String> fault = source.chunk(c, frame).notFinite(model, ws);
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return Optional.empty();
    }
}
