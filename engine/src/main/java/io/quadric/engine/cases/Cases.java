package io.quadric.engine.cases;

import io.quadric.engine.file.HeapLimit;
import io.quadric.nn.Batch;
import java.util.Optional;
import java.util.stream.IntStream;

/// Cases in an order, of which batches are gathered: in memory, or in files from which only the batches are read.
public interface Cases {
    /// {@return cases in memory}
    ///
    /// @param batch all of them
    static Cases of(Batch batch) {
        return new MemoryCases(batch);
    }

    /// {@return N}
    int cases();

    /// {@return what all of them have in common}
    CaseForm form();

    /// {@return the sum of the weights of all cases}
    double weight();

    /// {@return some of the cases}, valid until the room is used again
    ///
    /// @param numbers which ones, from 0, in their order in the batch
    /// @param room holds copies, of this form
    /// @throws io.quadric.engine.InputException if they are read from a file that is damaged
    Batch chosen(int[] numbers, BatchRoom room);

    /// {@return the batch of a step}: some of the cases, or all of them in their order; where training cases are
    /// changed at random, changed
    ///
    /// @param draw the step
    /// @param numbers which ones; if they are as many as there are cases, their order does not matter
    /// @param room holds copies, of this form
    /// @throws io.quadric.engine.InputException if they are read from a file that is damaged
    default Batch drawn(Draw draw, int[] numbers, BatchRoom room) {
        return numbers.length == cases() ? rows(0, numbers.length, room) : chosen(numbers, room);
    }

    /// {@return whether cases are changed at random, differently in each step}
    default boolean changes() {
        return false;
    }

    /// {@return neighbouring cases}, in views where they lie in memory; else valid until the room is used again
    ///
    /// @param from the first one
    /// @param to the one after the last
    /// @param room holds copies, of this form
    /// @throws io.quadric.engine.InputException if they are read from a file that is damaged
    Batch rows(int from, int to, BatchRoom room);

    /// {@return the first cases}
    ///
    /// @param count at least 1 and at most N
    Cases first(int count);

    /// {@return the same cases with other inputs}; targets that are the inputs are mapped with them.
    ///
    /// @param map of the inputs of each case
    default Cases mapped(InputMap map) {
        return new MappedCases(this, map);
    }

    /// {@return what [Digest#of(Cases)] comes to, if it is known without reading the cases}
    default Optional<String> knownDigest() {
        return Optional.empty();
    }

    /// {@return all cases in memory}
    ///
    /// @throws io.quadric.engine.InputException if they are larger than the heap allows
    default Batch batch() {
        HeapLimit.require(cases() + " cases", (long) cases() * form().inputs(), form().precision().bytes());
        return rows(0, cases(), new BatchRoom(form()));
    }

    /// {@return all cases, some at a time}; each batch is valid until the next one is asked for.
    ///
    /// @param count the most cases of a batch
    default Iterable<Batch> blocks(int count) {
        return () -> {
            BatchRoom room = new BatchRoom(form());
            int blocks = Math.ceilDiv(cases(), count);
            return IntStream.range(0, blocks)
                    .mapToObj(i -> rows(i * count, i == blocks - 1 ? cases() : (i + 1) * count, room))
                    .iterator();
        };
    }
}
