package io.quadric.linalg.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.blocked.BlockedGemm;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.kernel.GemmBlock;
import io.quadric.linalg.internal.kernel.GemmEngine;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Products that leave their operands in place are shared by the threads: tall ones by rows, wide ones by columns.
class SharedProductTest {
    @ParameterizedTest
    @CsvSource({"1000, 700, 7", "30, 1000, 250", "250, 1000, 5", "101, 700, 10", "13, 700, 700"})
    void twoThreadsHaveHalfEach(int m, int k, int n) {
        List<Double> shares = Collections.synchronizedList(new ArrayList<>());
        Matrix c = Matrix.zeros(Precision.FLOAT32, m, n);
        Operands operands = new Operands(Matrix.zeros(Precision.FLOAT32, m, k), Matrix.zeros(Precision.FLOAT32, k, n),
                c);
        try (Workspace ws = Workspace.withThreads(2)) {
            BlockedGemm.multiply(counting(KernelProvider.gemm(Precision.FLOAT32), shares), 1, operands, 0, ws);
        }
        double all = (double) m * k * n;
        assertEquals(all, shares.stream().mapToDouble(x -> x).sum());
        // a block of the inner index is a task of each thread; tiles are not cut
        double largest = Collections.max(shares) / all * (shares.size() / 2);
        assertEquals(0.5, largest, 0.06, () -> shares + " of " + all);
    }

    private static GemmEngine counting(GemmEngine engine, List<Double> shares) {
        return (GemmEngine) Proxy.newProxyInstance(GemmEngine.class.getClassLoader(), new Class<?>[]{GemmEngine.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("multiplyDirectly")) {
                        GemmBlock a = (GemmBlock) arguments[0];
                        GemmBlock b = (GemmBlock) arguments[1];
                        shares.add((double) a.rows * a.columns * b.columns);
                    }
                    return method.invoke(engine, arguments);
                });
    }
}
