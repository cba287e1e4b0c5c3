package io.quadric.engine.array;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The JSON in front of the elements: for each tensor its type, shape, and where its bytes begin and end.
///
/// @param metadata texts by name
/// @param entries in the order of their bytes
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {
    static final String METADATA = "__metadata__";

    /// A tensor without its elements.
    ///
    /// @param name of the tensor
    /// @param type of its elements
    /// @param shape lengths of its axes
    /// @param begin of its bytes, from the end of the header
    record Entry(String name, ElementType type, int[] shape, long begin) {
        long bytes() {
            return NdArray.elements(shape) * type.bytes();
        }

        long end() {
            return begin + bytes();
        }
    }

    /// The entries of tensors in the order in which they are written: by type, large elements first, so that each
    /// tensor is aligned to its elements, and by name.
    static SafetensorsHeader of(Safetensors contents) {
        List<String> names = contents.tensors().keySet().stream()
                .sorted(Comparator.comparingInt(name -> -contents.tensors().get(name).type().ordinal()))
                .toList();
        List<Entry> entries = new ArrayList<>();
        long begin = 0;
        for (String name : names) {
            NdArray tensor = contents.tensors().get(name);
            entries.add(new Entry(name, tensor.type(), tensor.shape(), begin));
            begin = entries.getLast().end();
        }
        return new SafetensorsHeader(contents.metadata(), entries);
    }

    String toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = node.putObject(METADATA);
            metadata.forEach(texts::put);
        }
        for (Entry entry : entries) {
            ObjectNode tensor = node.putObject(entry.name()).put("dtype", entry.type().label());
            var shape = tensor.putArray("shape");
            Arrays.stream(entry.shape()).forEach(shape::add);
            tensor.putArray("data_offsets").add(entry.begin()).add(entry.end());
        }
        return node.toString();
    }

    /// Reads and checks a header: no tensor overlaps another, and there is no gap between them.
    static SafetensorsHeader parse(String text) {
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        JsonPart.parse(text).members().forEach((name, part) -> {
            if (name.equals(METADATA)) {
                part.members().forEach((key, value) -> metadata.put(key, value.text()));
            } else {
                entries.add(entry(name, part));
            }
        });
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long end = 0;
        for (Entry entry : entries) {
            if (entry.begin() != end) {
                throw new InputException("tensor " + entry.name() + " begins at byte " + entry.begin() + ", expected "
                        + end + ", where the one before it ends");
            }
            end = entry.end();
        }
        return new SafetensorsHeader(metadata, entries);
    }

    private static Entry entry(String name, JsonPart part) {
        part.object("dtype", "shape", "data_offsets");
        String label = part.member("dtype").text();
        ElementType type = ElementType.labelled(label)
                .orElseThrow(() -> part.member("dtype").unexpected("one of " + Arrays.stream(ElementType.values())
                        .map(ElementType::label)
                        .collect(Collectors.joining(", "))));
        List<JsonPart> lengths = part.member("shape").elements();
        int[] shape = lengths.stream().mapToInt(length -> (int) whole(length, Integer.MAX_VALUE)).toArray();
        List<JsonPart> offsets = part.member("data_offsets").elements();
        if (offsets.size() != 2) {
            throw part.member("data_offsets").unexpected("where the tensor begins and ends");
        }
        Entry entry = new Entry(name, type, shape, whole(offsets.get(0), Long.MAX_VALUE));
        long bytes = whole(offsets.get(1), Long.MAX_VALUE) - entry.begin();
        if (bytes != size(entry)) {
            throw part.member("data_offsets").unexpected(size(entry) + " bytes for " + label + Arrays.toString(shape));
        }
        return entry;
    }

    private static long size(Entry entry) {
        try {
            return Math.multiplyExact(NdArray.elements(entry.shape()), (long) entry.type().bytes());
        } catch (ArithmeticException e) {
            throw new InputException("tensor " + entry.name() + " of shape " + Arrays.toString(entry.shape())
                    + ", expected fewer than 2^31 elements");
        }
    }

    private static long whole(JsonPart part, long most) {
        if (!part.node().isIntegralNumber() || !part.node().canConvertToLong() || part.node().longValue() < 0
                || part.node().longValue() > most) {
            throw part.unexpected("a whole number from 0 to " + most);
        }
        return part.node().longValue();
    }
}
