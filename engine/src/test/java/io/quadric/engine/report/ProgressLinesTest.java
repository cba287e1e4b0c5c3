package io.quadric.engine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.report.ProgressLines.Console;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.StepEvent;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.engine.train.TrainingResult;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.StepReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    private static final TrainingPlan PLAN = new TrainingPlan(1000, 100, 0, 1);

    private static Evaluation loss(double loss) {
        return new Evaluation(loss, 0, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /// What a run of twenty steps of 30 ms prints.
    private static String printed(Console console) throws InterruptedException {
        StringWriter text = new StringWriter();
        ProgressLines lines = new ProgressLines(
                new PrintWriter(text), console, "", Extent.of(Schedule.epochs(2), PLAN));
        lines.started(new Progress(0, 0, 0), loss(2));
        for (int i = 1; i <= 20; i++) {
            Thread.sleep(30);
            Progress at = new Progress(i, i / 10.0, i * 0.03);
            StepReport report = new StepReport(i, 2.0 / i, new StepOutcome.Moved(), Map.of());
            lines.step(new StepEvent(
                    at, report, i % 10 == 0 ? Optional.of(loss(2.0 / i)) : Optional.empty(), List.of()));
        }
        lines.finished(new TrainingResult(
                new TrainingOutcome.Completed(), new Progress(20, 2, 0.6), loss(2), loss(0.1)));
        return text.toString();
    }

    @Test
    void aTerminalHasABarWithShareRateAndTimesThatIsWipedOutAtTheEnd() throws InterruptedException {
        String text = printed(Console.TERMINAL);
        String bar = Arrays.stream(text.split("[\r\n]"))
                .filter(part -> part.contains("%"))
                .reduce((first, second) -> second)
                .orElse("");
        assertTrue(
                bar.matches("\\s*\\d+% \\[.*] +\\d+/20 steps \\(0:00:0\\d / 0:00:0\\d\\).*steps/s.*loss 0\\.\\d+\\s*"),
                bar);
        assertTrue(bar.length() <= 79, bar);
        assertTrue(text.substring(text.lastIndexOf('%')).matches("(?s).*\r +\repoch .*"), text);
    }

    @Test
    void elsewhereThereAreOnlyLines() throws InterruptedException {
        String text = printed(Console.PLAIN);
        assertFalse(text.contains("\r") && !System.lineSeparator().contains("\r"), text);
        assertTrue(text.lines().allMatch(line -> line.startsWith("epoch ")), text);
    }

    @Test
    void theLengthIsThatOfTheFirstLimitThatIsKnown() {
        assertEquals(20, Extent.of(Schedule.epochs(2), PLAN).most());
        assertEquals(7, Extent.of(Schedule.epochs(2).withSteps(7), PLAN).most());
        assertEquals(60, Extent.of(Schedule.seconds(60), PLAN).most());
        assertEquals(-1, Extent.of(Schedule.unlimited(), PLAN).most());
    }
}
