/// Tests of the benchmark's own logic.
@NullMarked
package org.assistantservice.bench.floor;

import org.jspecify.annotations.NullMarked;
