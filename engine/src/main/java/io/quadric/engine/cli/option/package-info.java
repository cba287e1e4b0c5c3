/// Options that several commands share, as mixins of picocli, and their checks.
package io.quadric.engine.cli.option;
