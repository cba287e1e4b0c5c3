package io.quadric.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/// Runs ONNX models with onnxruntime.
final class OnnxRuntime implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();

    OnnxRuntime(byte[] model) throws OrtException {
        session = environment.createSession(model, new OrtSession.SessionOptions());
    }

    OnnxRuntime with(String name, float[] values, long... shape) throws OrtException {
        inputs.put(name, OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
        return this;
    }

    OnnxRuntime with(String name, double[] values, long... shape) throws OrtException {
        inputs.put(name, OnnxTensor.createTensor(environment, DoubleBuffer.wrap(values), shape));
        return this;
    }

    OnnxRuntime with(String name, String[] values) throws OrtException {
        return with(name, values, values.length, 1);
    }

    OnnxRuntime with(String name, String[] values, long... shape) throws OrtException {
        inputs.put(name, OnnxTensor.createTensor(environment, values, shape));
        return this;
    }

    OnnxRuntime with(String name, long[] values) throws OrtException {
        inputs.put(name, OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[]{values.length}));
        return this;
    }

    /// The elements of an output.
    float[] floats(String output) throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            FloatBuffer values = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
            float[] copy = new float[values.remaining()];
            values.get(copy);
            return copy;
        }
    }

    String[] texts(String output) throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            return (String[]) result.get(output).orElseThrow().getValue();
        }
    }

    @Override
    public void close() throws OrtException {
        inputs.values().forEach(OnnxTensor::close);
        session.close();
    }
}
