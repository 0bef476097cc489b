/// Tests of the command line: register.
@NullMarked
package org.assistantservice.scripts.register;

import org.jspecify.annotations.NullMarked;
