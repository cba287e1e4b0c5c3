package io.quadric.engine.experiment;

import io.quadric.engine.report.MachineLoad;
import io.quadric.engine.train.TrainingOutcome;
import java.util.Optional;
import java.util.OptionalLong;

/// How a run ended, and under which circumstances.
///
/// @param outcome why it ended
/// @param seed of everything random; empty in files of earlier versions
/// @param load of the machine meanwhile, but for stretches that were killed; empty in such files
public record RunEnd(TrainingOutcome outcome, OptionalLong seed, Optional<MachineLoad> load) {}
