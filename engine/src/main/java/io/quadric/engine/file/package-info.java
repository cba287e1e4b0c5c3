/// Reading files and the standard input: opened, decompressed, and with every failure named in one line.
package io.quadric.engine.file;
