package io.quadric.engine.cli;

/// Entry point of the command line.
public final class Main {
    private Main() {}

    /// Runs one command.
    ///
    /// @param args the command and its options
    public static void main(String[] args) {
        System.err.println("quadric: no command is built in yet");
        System.exit(2);
    }
}
