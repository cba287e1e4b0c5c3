/// The command line, `quadric`: each command is a class that turns options into calls of the packages below and their
/// results into text or JSON.
///
/// [io.quadric.engine.cli.Main] is the entry and turns an exception into a line and an exit code. Start with
/// [io.quadric.engine.cli.TrainCommand]; options that several commands share are in `io.quadric.engine.cli.option`, and
/// what commands write is in `io.quadric.engine.cli.output`.
package io.quadric.engine.cli;
