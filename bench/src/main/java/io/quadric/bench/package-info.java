/// Measurements: kernels against other libraries' with JMH, and whole training runs. There is no module descriptor: JMH
/// generates and loads classes through the class path, and kernels that linalg does not export are measured directly.
package io.quadric.bench;
