/// Reports on runs as one HTML file that needs no network: curves that can be zoomed, tables, settings and provenance.
package io.quadric.engine.html;
