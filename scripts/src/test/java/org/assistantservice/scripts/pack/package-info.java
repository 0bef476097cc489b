/// Tests of the command line: pack.
@NullMarked
package org.assistantservice.scripts.pack;

import org.jspecify.annotations.NullMarked;
