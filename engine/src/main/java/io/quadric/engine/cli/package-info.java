/// The command line, `quadric`.
package io.quadric.engine.cli;
