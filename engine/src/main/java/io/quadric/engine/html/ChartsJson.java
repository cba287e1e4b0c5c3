package io.quadric.engine.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/// Charts as the script of the page reads them: `tracks` with `step`, `epoch` and `seconds`, and `charts` whose lines
/// name a track by its place. Numbers have seven digits; what is no number is null.
final class ChartsJson {
    private static final MathContext DIGITS = new MathContext(7);

    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final ArrayNode tracks = document.putArray("tracks");
    private final Map<Track, Integer> places = new IdentityHashMap<>();

    private ChartsJson() {}

    static ObjectNode of(List<Chart> charts) {
        ChartsJson json = new ChartsJson();
        ArrayNode list = json.document.putArray("charts");
        charts.forEach(chart -> json.write(chart, list.addObject()));
        return json.document;
    }

    private void write(Chart chart, ObjectNode node) {
        node.put("title", chart.title()).put("note", chart.note());
        node.put("scale", chart.scale().name().toLowerCase(Locale.ROOT));
        ArrayNode lines = node.putArray("lines");
        for (Chart.Line line : chart.lines()) {
            ObjectNode one = lines.addObject().put("name", line.name()).put("colour", line.colour());
            one.put("track", places.computeIfAbsent(line.track(), this::place));
            numbers(line.values().mean(), one.putArray("mean"));
            for (double value : line.values().deviation()) {
                if (value > 0) {
                    numbers(line.values().deviation(), one.putArray("deviation"));
                    break;
                }
            }
        }
    }

    private int place(Track track) {
        ObjectNode node = tracks.addObject();
        ArrayNode steps = node.putArray("step");
        LongStream.of(track.steps()).forEach(steps::add);
        numbers(track.spread("epoch").mean(), node.putArray("epoch"));
        numbers(track.spread("seconds").mean(), node.putArray("seconds"));
        return tracks.size() - 1;
    }

    private static void numbers(double[] values, ArrayNode to) {
        for (double value : values) {
            if (Double.isFinite(value)) {
                to.add(new BigDecimal(value).round(DIGITS).doubleValue());
            } else {
                to.addNull();
            }
        }
    }
}
