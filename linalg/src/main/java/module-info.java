/// Matrices, vectors and the SIMD kernels under them, factorisations, linear operators and solvers.
///
/// Needs no other library. On the module path this descriptor resolves the Vector API, so no flag is needed; on the
/// class path the flag is `--add-modules jdk.incubator.vector`, and without it the scalar kernels are used.
module io.quadric.linalg {
    requires jdk.incubator.vector;

    exports io.quadric.linalg;
    exports io.quadric.linalg.analysis;
    exports io.quadric.linalg.operator;
    exports io.quadric.linalg.solver;
}
