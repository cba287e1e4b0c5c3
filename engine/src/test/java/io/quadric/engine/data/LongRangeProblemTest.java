package io.quadric.engine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.data.problem.LongRangeProblem;
import io.quadric.engine.data.problem.MarkedPair;
import io.quadric.engine.data.problem.RandomPermutation;
import io.quadric.engine.data.problem.TemporalOrder;
import io.quadric.engine.metric.Criterion;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.recurrent.SequenceOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LongRangeProblemTest {
    private static final int CASES = 300;

    static List<LongRangeProblem> problems() {
        return DataSources.PROBLEMS.all();
    }

    private static Dataset load(LongRangeProblem problem, int length, long seed) {
        return new ProblemSource(problem, length, CASES, 50, seed).load(new Task.Given(), Precision.FLOAT64);
    }

    /// The time steps of case i, each with its inputs.
    private static List<double[]> steps(Matrix rows, int i, int width) {
        double[] row = rows.row(i).toArray();
        List<double[]> steps = new ArrayList<>();
        for (int t = 0; t < row.length; t += width) {
            steps.add(Arrays.copyOfRange(row, t, t + width));
        }
        return steps;
    }

    private static int hot(double[] symbol) {
        assertEquals(1, Arrays.stream(symbol).sum());
        assertEquals(1, Arrays.stream(symbol).max().orElseThrow());
        for (int i = 0; i < symbol.length; i++) {
            if (symbol[i] == 1) {
                return i;
            }
        }
        throw new AssertionError("no 1 in " + Arrays.toString(symbol));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theSeedDecidesEverything(LongRangeProblem problem) {
        Dataset first = load(problem, 30, 3);
        assertArrayEquals(first.train().batch().inputs().toArray(),
                load(problem, 30, 3).train().batch().inputs().toArray());
        double[] other = load(problem, 30, 4).train().batch().inputs().flat().toArray();
        assertFalse(Arrays.equals(first.train().batch().inputs().flat().toArray(), other));
        double[] test = first.test().orElseThrow().batch().inputs().flat().toArray();
        assertFalse(Arrays.equals(first.train().batch().inputs().rows(0, 50).copy().flat().toArray(), test));
    }

    /// Targets meet their own criterion; the next case's targets do not always.
    @ParameterizedTest
    @MethodSource("problems")
    void rightAnswersAreRight(LongRangeProblem problem) {
        Dataset data = load(problem, problem.shortest() + 20, 5);
        Matrix targets = data.train().batch().targets();
        Matrix shifted = Matrix.zeros(Precision.FLOAT64, CASES - 1, targets.columns());
        Matrix answers = targets.copy();
        if (problem.equals(new MarkedPair(MarkedPair.Operation.XOR))) {
            answers.axpby(1, Matrix.zeros(Precision.FLOAT64, CASES, 1).fill(-0.5), 1);
        }
        shifted.copyFrom(answers.rows(1, CASES));
        Criterion criterion = data.criterion().orElseThrow();
        assertEquals(0, criterion.failures(answers, targets));
        assertTrue(criterion.failures(shifted, targets.rows(0, CASES - 1)) > CASES / 3);
    }

    @Test
    void twoMarkedNumbersGiveTheAnswer() {
        for (MarkedPair.Operation operation : MarkedPair.Operation.values()) {
            Dataset data = load(new MarkedPair(operation), 40, 6);
            for (int i = 0; i < CASES; i++) {
                List<double[]> steps = steps(data.train().batch().inputs(), i, 2);
                List<double[]> marked = steps.stream().filter(s -> s[1] == 1).toList();
                assertEquals(2, marked.size());
                assertTrue(steps.indexOf(marked.get(0)) < 4 && steps.indexOf(marked.get(1)) >= 4);
                assertTrue(steps.indexOf(marked.get(1)) < 20);
                double x = marked.get(0)[0];
                double y = marked.get(1)[0];
                double answer = switch (operation) {
                    case ADDITION -> x + y;
                    case MULTIPLICATION -> x * y;
                    case XOR -> (int) x ^ (int) y;
                };
                assertEquals(answer, data.train().batch().targets().get(i, 0));
            }
        }
    }

    @Test
    void theOrderOfRelevantSymbolsIsTheClass() {
        for (int count = 2; count <= 3; count++) {
            Dataset data = load(new TemporalOrder(count), 50, 7);
            TreeSet<Integer> seen = new TreeSet<>();
            for (int i = 0; i < CASES; i++) {
                List<Integer> relevant = steps(data.train().batch().inputs(), i, 6).stream()
                        .map(LongRangeProblemTest::hot).filter(s -> s < 2).toList();
                assertEquals(count, relevant.size());
                int order = relevant.stream().reduce(0, (sum, symbol) -> 2 * sum + symbol);
                assertEquals(order, hot(data.train().batch().targets().row(i).toArray()));
                seen.add(order);
            }
            assertEquals(1 << count, seen.size());
        }
    }

    @Test
    void aPermutationHasEverySymbolOnceAndEndsAsItBegan() {
        Dataset data = load(new RandomPermutation(), 99, 8);
        for (int i = 0; i < CASES; i++) {
            List<Integer> symbols = steps(data.train().batch().inputs(), i, 100).stream()
                    .map(LongRangeProblemTest::hot).toList();
            assertEquals(99, new TreeSet<>(symbols).size());
            assertTrue(symbols.get(0) < 2 && symbols.subList(1, 99).stream().allMatch(s -> s >= 2));
            assertEquals(symbols.get(0), hot(data.train().batch().targets().row(i).toArray()));
        }
    }

    @ParameterizedTest
    @CsvSource({"memory-5-bit, 5, 2", "memory-20-bit, 10, 5"})
    void aMessageIsRepeatedAfterTheCue(String name, int count, int symbols) {
        ProblemSource source = (ProblemSource) DataSource.named("problem:" + name + ",length=40,cases=" + CASES);
        Dataset data = source.load(new Task.Given(), Precision.FLOAT64);
        assertEquals(SequenceOutput.ALL, source.problem().output());
        for (int i = 0; i < CASES; i++) {
            List<Integer> said = steps(data.train().batch().inputs(), i, symbols + 2).stream()
                    .map(LongRangeProblemTest::hot).toList();
            List<Integer> wanted = steps(data.train().batch().targets(), i, symbols + 1).stream()
                    .map(LongRangeProblemTest::hot).toList();
            assertEquals(said.subList(0, count), wanted.subList(40 - count, 40));
            assertTrue(wanted.subList(0, 40 - count).stream().allMatch(s -> s == symbols));
            assertEquals(39 - count, said.indexOf(symbols + 1));
            assertEquals(1, said.stream().filter(s -> s == symbols + 1).count());
        }
    }

    @Test
    void aNameComesBack() {
        for (LongRangeProblem problem : problems()) {
            ProblemSource source = new ProblemSource(problem, 33, 5, 6, 7);
            assertEquals(source, DataSource.named(source.name()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            problem:sum | unknown problem 'sum', expected one of addition, multiplication, xor
            problem:xor,length | 'length' in 'problem:xor,length', expected one of cases=, length=, seed=, test=
            problem:xor,size=3 | 'size=3' in 'problem:xor,size=3', expected one of cases=
            problem:xor,length=3 | problem xor: length 3, expected at least 4
            problem:xor,length=x | length=x, expected a whole number of at most 2147483647
            problem:xor,cases=0 | problem xor: 0 cases and 1000 test cases, expected at least 1 of each
            """)
    void whatIsNoProblemIsNamed(String name, String complaint) {
        String message = assertThrows(InputException.class, () -> DataSource.named(name)).getMessage();
        assertTrue(message.startsWith(complaint), message);
    }
}
