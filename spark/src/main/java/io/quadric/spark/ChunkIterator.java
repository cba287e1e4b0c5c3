package io.quadric.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/// The chunks of a partition, put together one after the other.
///
/// @param plan of the chunks
/// @param form of the cases
/// @param cases in the order of their places
record ChunkIterator(ChunkPlan plan, CaseForm form, Iterator<Tuple2<Integer, LabelledCase>> cases)
        implements Iterator<ChunkData> {
    @Override
    public boolean hasNext() {
        return cases.hasNext();
    }

    @Override
    public ChunkData next() {
        Tuple2<Integer, LabelledCase> first = cases.next();
        int chunk = plan.chunk(first._1());
        List<LabelledCase> together = new ArrayList<>(List.of(first._2()));
        while (together.size() < plan.size(chunk)) {
            together.add(cases.next()._2());
        }
        return form.chunk(chunk, together);
    }
}
