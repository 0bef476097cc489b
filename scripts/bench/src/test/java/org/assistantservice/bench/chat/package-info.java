/// Tests of the benchmark's own logic.
@NullMarked
package org.assistantservice.bench.chat;

import org.jspecify.annotations.NullMarked;
