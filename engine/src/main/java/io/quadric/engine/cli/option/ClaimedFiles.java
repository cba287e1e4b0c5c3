package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import io.quadric.engine.file.WriteLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The files that a command writes, from before it reads or computes anything until it has ended: no other run may
/// write them meanwhile, nor replace the result of this one by its own.
public final class ClaimedFiles implements AutoCloseable {
    private final List<WriteLock> locks = new ArrayList<>();

    private ClaimedFiles() {}

    /// {@return the right to write files}, to be given back when the command ends
    ///
    /// @param files by the options that name them
    /// @throws InputException if one cannot be written, or another run is writing it
    public static ClaimedFiles of(Map<String, Path> files) {
        ClaimedFiles claimed = new ClaimedFiles();
        files.forEach((option, file) -> {
            try {
                WriteLock.file(file).ifPresent(claimed.locks::add);
            } catch (InputException e) {
                claimed.close();
                throw e.at(option);
            }
        });
        return claimed;
    }

    @Override
    public void close() {
        locks.forEach(WriteLock::close);
    }
}
