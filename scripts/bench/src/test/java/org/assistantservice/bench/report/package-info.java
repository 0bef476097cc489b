/// Tests of the benchmark's own logic.
@NullMarked
package org.assistantservice.bench.report;

import org.jspecify.annotations.NullMarked;
