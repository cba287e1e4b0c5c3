package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Vector;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.Cell;
import io.quadric.nn.recurrent.CellLayer;
import io.quadric.nn.recurrent.GruLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import io.quadric.verify.LawReport;
import io.quadric.verify.Laws;
import io.quadric.verify.Subject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A recurrent layer of one's own is held to the laws like any other.
class LeakyLayerTest {
    private static final Shape INPUT = new Shape.Sequence(5, 2);

    static Stream<CellLayer> layers() {
        return Stream.of(SequenceOutput.values())
                .flatMap(output -> Stream.of(StateMemory.values())
                        .flatMap(memory -> Stream.of(
                                new LeakyLayer(3, 0.3, output, memory), new GruLayer(3, output, memory))));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void itObeysTheLaws(CellLayer layer) {
        LawReport report = Laws.check(Subject.ofLayer(layer, INPUT, 1), 1);
        assertTrue(report.holds(), report::toString);
        assertEquals(List.of(), report.warnings());
    }

    /// The same with hidden units that forget to let their cotangents go back.
    private record Forgetful(LeakyLayer inner) implements CellLayer {
        @Override
        public int units() {
            return inner.units();
        }

        @Override
        public SequenceOutput output() {
            return inner.output();
        }

        @Override
        public StateMemory memory() {
            return inner.memory();
        }

        @Override
        public int arguments() {
            return inner.arguments();
        }

        @Override
        public Cell cell(Vector parameters, List<ParameterSlice> own) {
            return new ForgetfulCell(inner.cell(parameters, own));
        }
    }

    @Test
    void aMistakeIsFound() {
        Forgetful wrong = new Forgetful(new LeakyLayer(3, 0.3, SequenceOutput.ALL, StateMemory.ALL_STEPS));
        assertFalse(Laws.check(Subject.ofLayer(wrong, INPUT, 1), 1).holds());
    }
}
