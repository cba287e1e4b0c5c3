package io.quadric.engine.report;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// How busy the machine was while a run was made, from the beginning to the end of its training, evaluations included.
/// Whatever the system does not tell is empty.
///
/// @param before load average of the minute before the beginning, by processors: 1 where there was just enough work
///     for all of them
/// @param after the same at the end
/// @param threads of the run
/// @param wallSeconds that passed
/// @param cpuSeconds that processors spent on the process, compilation and garbage collection included
public record MachineLoad(
        OptionalDouble before, OptionalDouble after, int threads, double wallSeconds, OptionalDouble cpuSeconds) {
    /// Averages of a minute exceed what is constantly there by no more.
    private static final double MOST_LOAD = 1.1;
    /// An undisturbed run has one thread at work at any time; some is left to writing files.
    private static final double LEAST_SHARE = 0.9;
    /// The system counts processor time in hundredths of a second.
    private static final double SHORTEST = 1;

    /// Begins to measure.
    ///
    /// @param threads of the run
    /// @return measures until it is asked
    public static Meter meter(int threads) {
        return new Meter(threads, average(), System.nanoTime(), cpu());
    }

    private static OptionalDouble average() {
        double average = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return average < 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(average / Runtime.getRuntime().availableProcessors());
    }

    private static Optional<Duration> cpu() {
        return ProcessHandle.current().info().totalCpuDuration();
    }

    /// What was there at the beginning.
    ///
    /// @param threads of the run
    /// @param average the load average by processors
    /// @param nanos the time
    /// @param cpu processor time of the process so far
    public record Meter(int threads, OptionalDouble average, long nanos, Optional<Duration> cpu) {
        /// {@return the load from the beginning until now}
        public MachineLoad load() {
            OptionalDouble spent = cpu().flatMap(start -> MachineLoad.cpu().map(end -> end.minus(start)))
                    .map(time -> OptionalDouble.of(time.toNanos() * 1e-9))
                    .orElse(OptionalDouble.empty());
            return new MachineLoad(average, MachineLoad.average(), threads, (System.nanoTime() - nanos) * 1e-9, spent);
        }
    }

    /// {@return the load of a run that went on}: the higher averages and all seconds
    ///
    /// @param later when it went on
    public MachineLoad and(MachineLoad later) {
        OptionalDouble spent = cpuSeconds.isPresent() && later.cpuSeconds.isPresent()
                ? OptionalDouble.of(cpuSeconds.getAsDouble() + later.cpuSeconds.getAsDouble())
                : OptionalDouble.empty();
        return new MachineLoad(most(before, later.before), most(after, later.after),
                Math.max(threads, later.threads), wallSeconds + later.wallSeconds, spent);
    }

    private static OptionalDouble most(OptionalDouble one, OptionalDouble other) {
        return DoubleStream.concat(one.stream(), other.stream()).max();
    }

    /// {@return processor seconds by seconds and threads}: 1 where all threads were at work all the time
    public OptionalDouble share() {
        return cpuSeconds.isPresent() && wallSeconds > 0
                ? OptionalDouble.of(cpuSeconds.getAsDouble() / (wallSeconds * threads))
                : OptionalDouble.empty();
    }

    /// {@return why the seconds of the run are too many, if they are}: there was more work than processors, or the
    /// process got less than one of them. A run of less than a second is judged by the load alone.
    public Optional<String> disturbance() {
        double load = most(before, after).orElse(0);
        if (load > MOST_LOAD) {
            return Optional.of(String.format(Locale.ROOT, "load %.2f", load));
        }
        double spent = cpuSeconds.orElse(wallSeconds);
        return wallSeconds >= SHORTEST && spent < LEAST_SHARE * wallSeconds
                ? Optional.of(String.format(Locale.ROOT, "%.2f of %.2f s on a processor", spent, wallSeconds))
                : Optional.empty();
    }
}
