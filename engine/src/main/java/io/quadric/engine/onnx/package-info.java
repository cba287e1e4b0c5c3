/// Networks as ONNX files, which other runtimes execute.
package io.quadric.engine.onnx;
