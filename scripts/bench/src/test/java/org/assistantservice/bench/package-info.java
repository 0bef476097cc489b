/// Tests of the command line's own logic.
@NullMarked
package org.assistantservice.bench;

import org.jspecify.annotations.NullMarked;
