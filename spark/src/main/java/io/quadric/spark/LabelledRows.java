package io.quadric.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/// Rows that have been looked through: all can be read, and it is known how many cases come before each partition.
///
/// @param rows all of them
/// @param form what they are
/// @param before cases before each partition, and all of them at the end
record LabelledRows(JavaRDD<Row> rows, RowForm form, int[] before) {
    /// What a partition has.
    ///
    /// @param cases with a weight
    /// @param rows before the first one with a fault
    /// @param fault of that row, empty if there is none
    private record Seen(int cases, long rows, String fault) implements Serializable {
        static Seen of(Iterator<Row> part, RowForm form) {
            int cases = 0;
            long rows = 0;
            while (part.hasNext()) {
                Row row = part.next();
                Optional<String> fault = form.fault(row);
                if (fault.isPresent()) {
                    return new Seen(cases, rows, fault.get());
                }
                rows++;
                cases += form.weightOf(row) > 0 ? 1 : 0;
            }
            return new Seen(cases, rows, "");
        }
    }

    static LabelledRows of(JavaRDD<Row> rows, RowForm form) {
        List<Seen> seen = rows.mapPartitions(part -> List.of(Seen.of(part, form)).iterator()).collect();
        int[] before = new int[seen.size() + 1];
        long passed = 0;
        for (int p = 0; p < seen.size(); p++) {
            passed += seen.get(p).rows();
            if (!seen.get(p).fault().isEmpty()) {
                throw new IllegalArgumentException("row " + passed + ": " + seen.get(p).fault());
            }
            before[p + 1] = Math.addExact(before[p], seen.get(p).cases());
        }
        if (before[seen.size()] == 0) {
            throw new IllegalArgumentException("no row has a weight, expected at least one");
        }
        return new LabelledRows(rows, form, before);
    }

    int cases() {
        return before[before.length - 1];
    }

    /// The cases in chunks, each of which is put together in one place.
    JavaRDD<ChunkData> chunks(CaseReader reader, ChunkPlan plan) {
        Optional<Permutation> order = reader.shuffle().isPresent()
                ? Optional.of(new Permutation(cases(), reader.shuffle().getAsLong()))
                : Optional.empty();
        Placing placing = new Placing(form, before, order.orElse(new Permutation(0, 0)));
        CaseForm cases = new CaseForm(reader.precision(), form.width(), form.classes());
        return rows.mapPartitionsWithIndex((p, part) -> placing.placed(p, part), false)
                .mapToPair(pair -> pair)
                .repartitionAndSortWithinPartitions(plan)
                .mapPartitions(part -> new ChunkIterator(plan, cases, part));
    }

    /// Finds the places of cases.
    ///
    /// @param form of the rows
    /// @param before cases before each partition
    /// @param order of the cases; of size 0 if they keep theirs
    private record Placing(RowForm form, int[] before, Permutation order) implements Serializable {
        Iterator<Tuple2<Integer, LabelledCase>> placed(int partition, Iterator<Row> part) {
            List<Tuple2<Integer, LabelledCase>> cases = new ArrayList<>();
            while (part.hasNext()) {
                LabelledCase read = form.read(part.next());
                if (read.weight() > 0) {
                    int number = before[partition] + cases.size();
                    cases.add(new Tuple2<>(order.size() == 0 ? number : order.of(number), read));
                }
            }
            return cases.iterator();
        }
    }
}
