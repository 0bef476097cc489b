/// Figures as rows, tables and JSON.
///
/// Start reading at [Row].
@NullMarked
package org.assistantservice.bench.report;

import org.jspecify.annotations.NullMarked;
