package io.quadric.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BarTableTest {
    @Test
    void marksWhatIsMissed() {
        BarTable table = new BarTable();
        table.atLeast("fast enough", 1.02, 0.95);
        table.atLeast("too slow", 0.9, 0.95);
        table.atMost("too long", 1.3, 1.25);
        table.atMost("never measured", Double.NaN, 1.25);
        String text = table.text();
        assertTrue(text.startsWith("4 bars, 3 missed."), text);
        assertTrue(text.contains("| fast enough | 1.02 | ≥ 0.95 |  |\n"), text);
        assertTrue(text.contains("| too slow | 0.90 | ≥ 0.95 | **missed** |\n"), text);
        assertTrue(text.contains("| never measured | NaN | ≤ 1.25 | **missed** |\n"), text);
    }
}
