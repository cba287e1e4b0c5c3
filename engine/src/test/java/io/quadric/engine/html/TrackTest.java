package io.quadric.engine.html;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.json.ModelJson;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrackTest {
    private static List<JsonNode> log(double... losses) {
        return IntStream.range(0, losses.length)
                .mapToObj(i -> ModelJson.document("{\"step\": " + i + ", \"seconds\": " + (i + losses[0])
                        + ", \"loss\": " + (Double.isNaN(losses[i]) ? "null" : losses[i]) + "}"))
                .toList();
    }

    @Test
    void meanAndDeviationAreThoseOfTheRunsThatHaveANumberThere() {
        Track track = Track.of(List.of(log(1, 4, 2), log(2, Double.NaN, 4), log(6, 8, 9, 5)), 100);
        assertArrayEquals(new long[]{0, 1, 2}, track.steps());
        assertArrayEquals(new double[]{3, 6, 5}, track.spread("loss").mean(), 1e-15);
        assertArrayEquals(
                new double[]{Math.sqrt(7), Math.sqrt(8), Math.sqrt(13)}, track.spread("loss").deviation(), 1e-15);
        assertArrayEquals(new double[]{3, 4, 5}, track.spread("seconds").mean(), 1e-15);
        assertEquals(List.of("loss"), track.figures());
    }

    @Test
    void manyStepsAreThinnedEvenlyAndTheLastOneStays() {
        Track track = Track.of(List.of(log(IntStream.rangeClosed(0, 25).asDoubleStream().toArray())), 10);
        assertArrayEquals(new long[]{0, 3, 6, 9, 12, 15, 18, 21, 24, 25}, track.steps());
        assertTrue(track.isThinned());
        assertTrue(!Track.of(List.of(log(1, 2)), 10).isThinned());
    }
}
