/// PyTorch in the same JVM, on the same networks, parameters and batches. The build has its native libraries with the
/// profile `pytorch` alone.
package io.quadric.bench.pytorch;
