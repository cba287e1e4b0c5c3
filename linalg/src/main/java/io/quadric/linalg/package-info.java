/// Dense linear algebra for training: vectors and matrices of either precision, products, factorisations, linear
/// operators, and solvers that need no more of an operator than its product with a vector.
///
/// Multiply, factor and solve (the snippets import this package, its `operator` and `solver`, and `java.util.Random`):
///
/// ```java
/// try (Workspace ws = Workspace.withThreads(2)) {
///     Matrix x = Matrix.zeros(Precision.FLOAT64, 200, 5);          // rows are cases
///     Sampling.gaussian(0, 1, new Random(1), x);
///     Matrix a = Matrix.zeros(Precision.FLOAT64, 5, 5);
///     new Gemm(1.0 / x.rows(), 0).syrk(x.t(), a, ws);              // a = xᵀx / n
///     Vector b = Vector.of(1.0, 2.0, 3.0, 4.0, 5.0);
///     switch (Cholesky.factor(a.addToDiagonal(0.1), ws)) {         // b ← (a + 0.1 I)⁻¹ b
///         case Cholesky.Outcome.Factored(Cholesky cholesky) -> cholesky.solve(b, ws);
///         case Cholesky.Outcome.NotPositiveDefinite failed -> System.err.println(failed.advice());
///     }
///     Vector c = Vector.zeros(Precision.FLOAT64, 5);
///     Gemm.SET.multiply(a, b, c, ws);                              // the old b
///     System.out.println(c.sum());                                 // 15, up to rounding
/// }
/// ```
///
/// Solve by conjugate gradients, which take anything that has a product with a vector:
///
/// ```java
/// try (Workspace ws = Workspace.serial()) {
///     SelfAdjointOperator a = new Dense(Matrix.of(2, 2, 4.0, 1.0, 1.0, 3.0));
///     LinearSystem system = new LinearSystem(a, Vector.of(11.0, 22.0));
///     Vector x = Vector.zeros(Precision.FLOAT64, 2);               // the start
///     SolveReport report = new ConjugateGradient(100, 1e-9, 0).solve(system, x, ws);
///     System.out.println(report.outcome().getClass().getSimpleName() + " " + x.sum());    // Converged 8, …
/// }
/// ```
///
/// Fit a line to three points by least squares:
///
/// ```java
/// try (Workspace ws = Workspace.serial()) {
///     Matrix a = Matrix.of(new double[][]{{1, 0}, {1, 1}, {1, 2}});
///     Vector line = Vector.zeros(Precision.FLOAT64, 2);
///     switch (Qr.factor(a, ws)) {
///         case Qr.Outcome.Factored(Qr qr) -> qr.solve(Vector.of(1, 3, 5), line, ws);
///         case Qr.Outcome.Failed failed -> System.err.println(failed.advice());
///     }
///     System.out.println(line.get(0) + " " + line.get(1));         // 1 and 2, up to rounding
/// }
/// ```
///
/// Functions of a symmetric matrix:
///
/// ```java
/// try (Workspace ws = Workspace.serial()) {
///     Matrix a = Matrix.of(2, 2, 5.0, 4.0, 4.0, 5.0);              // eigenvalues 1 and 9
///     Matrix root = Matrix.zeros(Precision.FLOAT64, 2, 2);
///     InverseRoot.of(2).compute(a, 0, root, ws);                   // a^(−1/2)
///     System.out.println(root.trace());                            // 1 + 1/3
/// }
/// ```
///
/// **Data.** A [io.quadric.linalg.Matrix] is a view of an array: its rows, columns and slices are views too, and writes
/// go through. Its [io.quadric.linalg.Precision] is a property of the data, and results have the same one, except that
/// scalars are accumulated and returned in `double`.
///
/// **Scratch and threads.** Operations that need either take a [io.quadric.linalg.Workspace] as their last argument. A
/// workspace belongs to one thread. Results have the same bits for any number of threads.
///
/// **Contents.** Products: [io.quadric.linalg.Gemm] (of two matrices, with a symmetric result or a symmetric factor of
/// which one triangle is stored, with a vector, of batches of small matrices), [io.quadric.linalg.Tensor] (mode
/// products and contractions). Linear systems: [io.quadric.linalg.Cholesky], [io.quadric.linalg.Lu],
/// [io.quadric.linalg.Triangular]. Least squares: [io.quadric.linalg.Qr], and for any rank [io.quadric.linalg.Svd],
/// which also has the pseudo-inverse. Eigenvalues: [io.quadric.linalg.SymmetricEigen], [io.quadric.linalg.Eigenvalues]
/// of any matrix; roots: [io.quadric.linalg.InverseRoot]. Passes over elements: [io.quadric.linalg.Elementwise].
/// Matrices known by their products are in `operator`, `solver` inverts them, and `analysis` tells what a matrix is
/// like.
///
/// **Errors.** Misuse throws an exception that names both shapes. Numerical trouble is a value, such as
/// [io.quadric.linalg.Cholesky.Outcome.NotPositiveDefinite].
///
/// **Speed.** The kernels use the Vector API, which is available on the module path, and on the class path with the
/// flag `--add-modules jdk.incubator.vector`; without it they are plain loops, and a warning says so.
/// [io.quadric.linalg.Simd#description()] tells which are in use. The system property `quadric.simd` (`auto`, `scalar`,
/// `128`, `256`, `512`) overrides the choice.
package io.quadric.linalg;
