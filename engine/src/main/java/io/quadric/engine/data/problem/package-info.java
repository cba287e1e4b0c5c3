/// Made-up problems for recurrent networks, whose answers depend on inputs far back in a sequence.
///
/// A [io.quadric.engine.data.problem.LongRangeProblem] draws cases; `io.quadric.engine.data.ProblemSource` makes a data
/// set of them.
package io.quadric.engine.data.problem;
