package io.quadric.engine.onnx;

import io.quadric.engine.InputException;
import io.quadric.engine.onnx.OnnxGraph.Type;
import io.quadric.engine.prepare.CategoryEncoder;
import io.quadric.engine.prepare.FeatureEncoder;
import io.quadric.engine.prepare.FeatureEncoding;
import io.quadric.engine.prepare.NumberEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Appends the preparation of features to a graph. The columns of numbers are one input, [#NUMBERS], of doubles, in
/// their order, NaN where one is missing; every column of texts is an input of its own name, empty where it is missing.
/// Of sequences both have the time steps as an axis before the columns.
final class PreparationExport {
    static final String NUMBERS = "numbers";

    private final OnnxGraph graph;
    private final int[] before;

    /// @param before axes of the inputs between the cases and the columns: none, or the time steps of sequences
    PreparationExport(OnnxGraph graph, int... before) {
        this.graph = graph;
        this.before = before;
    }

    /// Says where the encoded features are: floats, rows × width.
    String append(FeatureEncoding encoding) {
        List<NumberEncoder> numbers = encoding.encoders().stream()
                .filter(NumberEncoder.class::isInstance)
                .map(NumberEncoder.class::cast)
                .toList();
        List<String> parts = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        int scaled = 0;
        int indicated = numbers.size();
        int next = indicated + (int) numbers.stream().filter(NumberEncoder::indicator).count();
        if (!numbers.isEmpty()) {
            parts.add(numbers(numbers));
        }
        for (FeatureEncoder encoder : encoding.encoders()) {
            switch (encoder) {
                case NumberEncoder number -> {
                    order.add(scaled++);
                    if (number.indicator()) {
                        order.add(indicated++);
                    }
                }
                case CategoryEncoder category -> {
                    parts.add(categories(category));
                    for (int k = 0; k < category.outputs().size(); k++) {
                        order.add(next++);
                    }
                }
            }
        }
        return ordered(joined(parts), order);
    }

    /// All scaled numbers, then the indicators.
    private String numbers(List<NumberEncoder> encoders) {
        int count = encoders.size();
        graph.input(NUMBERS, Type.DOUBLE, IntStream.concat(IntStream.of(before), IntStream.of(count)).toArray());
        String rows = before.length == 0 ? NUMBERS : graph.add("Reshape", NUMBERS, graph.longs("shape", -1, count));
        double[] fill = encoders.stream().mapToDouble(NumberEncoder::fill).toArray();
        double[] shift = encoders.stream().mapToDouble(encoder -> encoder.scale().shift()).toArray();
        double[] factor = encoders.stream().mapToDouble(encoder -> encoder.scale().factor()).toArray();
        String missing = graph.add("IsNaN", rows);
        String filled = graph.add("Where", missing, graph.doubles("fill", fill, count), rows);
        String centred = graph.add("Sub", filled, graph.doubles("shift", shift, count));
        String scaled = cast(graph.add("Mul", centred, graph.doubles("factor", factor, count)));
        int[] indicated = IntStream.range(0, count)
                .filter(j -> encoders.get(j).indicator())
                .toArray();
        if (indicated.length == 0) {
            return scaled;
        }
        return joined(List.of(scaled, columns(cast(missing), indicated)));
    }

    private String cast(String from) {
        String output = graph.fresh("Cast");
        graph.add(new OnnxNode("Cast", List.of(from), List.of(output)).with("to", Type.FLOAT.code()));
        return output;
    }

    private String columns(String from, int[] chosen) {
        String output = graph.fresh("Gather");
        long[] places = Arrays.stream(chosen).asLongStream().toArray();
        graph.add(
                new OnnxNode("Gather", List.of(from, graph.longs("columns", places)), List.of(output)).with("axis", 1));
        return output;
    }

    /// The row of a table that belongs to a text; its last row is of zeros.
    private String categories(CategoryEncoder encoder) {
        int width = encoder.outputs().size();
        List<String> keys = new ArrayList<>(encoder.categories());
        List<Long> values = new ArrayList<>();
        for (long k = 0; k < encoder.categories().size(); k++) {
            values.add(k);
        }
        keys.add("");
        values.add((long) place(encoder, encoder.missing(), width));
        graph.input(encoder.column(), Type.STRING, before.length == 0 ? new int[]{1} : before);
        String codes = graph.fresh("LabelEncoder");
        graph.add(new OnnxNode(
                OnnxNode.MACHINE_LEARNING, "LabelEncoder", List.of(encoder.column()), List.of(codes))
                .with("keys_strings", keys)
                .with("values_int64s", values.stream().mapToLong(Long::longValue).toArray())
                .with("default_int64", place(encoder, encoder.unseen(), width)));
        float[] table = new float[(width + 1) * width];
        for (int k = 0; k < width; k++) {
            table[k * width + k] = 1;
        }
        String flat = before.length == 0
                ? graph.add("Squeeze", codes, graph.longs("axis", 1))
                : graph.add("Reshape", codes, graph.longs("shape", -1));
        return graph.add("Gather", graph.floats("codes", table, width + 1, width), flat);
    }

    private static int place(CategoryEncoder encoder, int place, int width) {
        if (place < CategoryEncoder.NONE) {
            throw new InputException("column '" + encoder.column() + "' refuses missing or unseen categories, which "
                    + "cannot be expressed in ONNX");
        }
        return place == CategoryEncoder.NONE ? width : place;
    }

    private String joined(List<String> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        String output = graph.fresh("Concat");
        graph.add(new OnnxNode("Concat", parts, List.of(output)).with("axis", 1));
        return output;
    }

    private String ordered(String from, List<Integer> order) {
        int[] places = order.stream().mapToInt(Integer::intValue).toArray();
        boolean same = IntStream.range(0, places.length).allMatch(j -> places[j] == j);
        return same ? from : columns(from, places);
    }
}
