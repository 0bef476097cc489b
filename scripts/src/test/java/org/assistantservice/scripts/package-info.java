/// Tests of the command line.
@NullMarked
package org.assistantservice.scripts;

import org.jspecify.annotations.NullMarked;
