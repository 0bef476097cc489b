/// Tests of the benchmark's own logic.
@NullMarked
package org.assistantservice.bench.load;

import org.jspecify.annotations.NullMarked;
