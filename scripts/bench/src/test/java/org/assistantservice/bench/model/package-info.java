/// Tests of the benchmark's own logic.
@NullMarked
package org.assistantservice.bench.model;

import org.jspecify.annotations.NullMarked;
